"""Moving everything sealed to the newest key."""

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import models, transaction

from .sealing import reseal

PREFIX = "sealed_"
# What allauth keeps sealed through the adapter, inside its JSON.
SECRETS = ("secret", "seed")


def sealed_fields() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Every model of the site with its sealed fields, known by their names."""
    for model in apps.get_models():
        names = [
            field.name
            for field in model._meta.concrete_fields
            if field.name.startswith(PREFIX)
        ]
        if names:
            yield model, names


def rotate_all() -> int:
    """Reseal all rows, one transaction each; returns how many. Safe to repeat."""
    rows = 0
    for model, names in sealed_fields():
        for pk in list(model._default_manager.values_list("pk", flat=True)):
            rows += _rotate_row(model, pk, names)
    for pk in list(Authenticator.objects.values_list("pk", flat=True)):
        rows += _rotate_factor(pk)
    return rows


@transaction.atomic
def _rotate_row(model: type[models.Model], pk: int, names: list[str]) -> int:
    row = model._default_manager.select_for_update().filter(pk=pk).first()
    if row is None or not any(getattr(row, name) for name in names):
        return 0
    for name in names:
        setattr(row, name, reseal(getattr(row, name)))
    row.save(update_fields=names)
    return 1


@transaction.atomic
def _rotate_factor(pk: int) -> int:
    factor = Authenticator.objects.select_for_update().filter(pk=pk).first()
    held = [name for name in SECRETS if factor and factor.data.get(name)]
    if factor is None or not held:
        return 0
    for name in held:
        factor.data[name] = reseal(factor.data[name])
    factor.save(update_fields=["data"])
    return 1
