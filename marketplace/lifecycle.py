"""Which states a thing may pass through, and no others."""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from django.db import models

from .exceptions import MoveNotAllowed


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The allowed moves of one status field: state → the states that may follow.

    `advance` sets and saves the field or raises `MoveNotAllowed`; call it on a
    freshly locked row, inside the action's transaction.
    """

    moves: Mapping[str, Set[str]]
    field: str = "status"

    def allows(self, thing: models.Model, *, to: str) -> bool:
        return to in self.moves.get(getattr(thing, self.field), frozenset())

    def advance(self, thing: models.Model, *, to: str, **beside: object) -> None:
        """Fields that change with the state are written `beside` it, in one statement."""
        if not self.allows(thing, to=to):
            raise MoveNotAllowed
        for name, value in {self.field: to, **beside}.items():
            setattr(thing, name, value)
        thing.save(update_fields=[self.field, *beside])
