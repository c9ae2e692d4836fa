"""R-09: partners who sign, edit, withdraw or dissent at the same moment."""

import os
from dataclasses import replace
from functools import partial

import pytest
from django.db import transaction

from marketplace.exceptions import DomainError
from marketplace.introductions.actions import ask_introduction
from marketplace.organisations.models import Disclosure
from marketplace.organisations.stages import Stage
from marketplace.ventures.actions import (
    edit_venture,
    propose_venture,
    sign_venture,
    withdraw_dissent,
    withdraw_venture,
    write_dissent,
)
from marketplace.ventures.models import JointVenture, Signature
from tests.at_once import at_once
from tests.factories import make_listing, make_member, make_organisation
from tests.introducing import introduce
from tests.marketplace.introductions.words import FIVE
from tests.marketplace.ventures.test_actions import text_of

ROUNDS = int(os.environ.get("RACE_ROUNDS", "3"))
Status = JointVenture.Status

pytestmark = pytest.mark.django_db(transaction=True)


class Table:
    """Two partners, each with a person, and a text that nobody has signed."""

    def __init__(self) -> None:
        sides = [make_organisation(side=side) for side in ("il", "ps")]
        self.people = [make_member(side) for side in sides]
        listing = make_listing(sides[1], owner=self.people[1])
        asked = ask_introduction(listing, by=self.people[0], asker=sides[0], **FIVE)
        introduction = introduce(asked, *self.people)
        self.text = text_of(dict.fromkeys(sides, 5_000))
        self.venture = propose_venture(introduction, by=self.people[0], text=self.text)

    def signing(self, who: int):
        text_hash = self.venture.text_hash()
        return partial(
            sign_venture, self.venture, by=self.people[who], text_hash=text_hash
        )

    @property
    def status(self) -> str:
        return JointVenture.objects.get(pk=self.venture.pk).status

    @property
    def live_marks(self) -> list[str]:
        live = Signature.objects.filter(
            party__venture=self.venture, voided_at__isnull=True
        )
        return list(live.values_list("text_hash", flat=True))

    @property
    def opened(self) -> int:
        """Doors that stand open between the two for this venture's sake."""
        doors = Disclosure.objects.live().filter(scope=self.venture.public_id)
        return doors.filter(stage=Stage.VENTURE).count()


def tables():
    for _round in range(ROUNDS):
        with transaction.atomic():
            table = Table()
        yield table


def refused(results: list[object]) -> list[Exception]:
    """The refusals; anything else that went wrong is a fault."""
    wrong = [each for each in results if isinstance(each, Exception)]
    assert all(isinstance(each, DomainError) for each in wrong), wrong
    return wrong


def test_r09_two_signers_at_once_and_each_of_them_twice():
    for table in tables():
        work = [table.signing(0), table.signing(1)]
        results = at_once(*work, *work)
        assert all(isinstance(each, DomainError) for each in refused(results))
        assert table.status == Status.AGREED
        assert len(table.live_marks) == 2
        assert table.opened == 2


def test_r09_the_last_signature_against_an_edit_or_a_withdrawal():
    for number, table in enumerate(tables()):
        table.signing(0)()
        other = partial(edit_venture, text=replace(table.text, purpose="Another."))
        other = (other, withdraw_venture)[number % 2]
        results = at_once(
            table.signing(1), partial(other, table.venture, by=table.people[0])
        )
        assert len(refused(results)) == 1
        stands = JointVenture.objects.get(pk=table.venture.pk)
        assert set(table.live_marks) <= {stands.text_hash()}
        assert (table.status == Status.AGREED) == (len(table.live_marks) == 2)
        assert table.opened == (2 if table.status == Status.AGREED else 0)


def test_r09_a_note_of_dissent_and_a_signature_hinder_each_other_in_nothing():
    for table in tables():
        note = write_dissent(table.venture, by=table.people[0], text="We differ.")
        results = at_once(
            table.signing(0),
            table.signing(1),
            partial(write_dissent, table.venture, by=table.people[1], text="So do we."),
            partial(withdraw_dissent, note, by=table.people[0]),
        )
        assert refused(results) == []
        assert table.status == Status.AGREED
        assert table.venture.dissents.count() == 2
