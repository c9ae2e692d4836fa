"""R-09, R-10: two clicks at the same moment, and nothing lost, doubled or opened.

`RACE_ROUNDS` says how often each race is run; `make deep` runs a thousand.
"""

import os
from functools import partial

import pytest
from django.db import transaction

from cms.invariants.consents import unfounded_disclosures
from marketplace.exceptions import DomainError
from marketplace.introductions.actions import (
    accept_introduction,
    agree_to_step,
    ask_introduction,
    block_counterpart,
    block_owner,
    close_introduction,
    decline_introduction,
    discard_draft,
    save_draft,
    send_message,
    stop_step,
    withdraw_introduction,
)
from marketplace.introductions.models import Introduction, Message
from marketplace.organisations.models import Disclosure
from marketplace.organisations.stages import Stage
from tests.at_once import at_once
from tests.factories import make_listing, make_member, make_organisation
from tests.marketplace.introductions.words import FIVE

ROUNDS = int(os.environ.get("RACE_ROUNDS", "4"))
Status = Introduction.Status

pytestmark = pytest.mark.django_db(transaction=True)


class Pair:
    """Two organisations with a person each, and a listing of the second."""

    def __init__(self) -> None:
        self.asker = make_organisation(side="il")
        self.asked = make_organisation(side="ps")
        self.asking, self.answering = make_member(self.asker), make_member(self.asked)
        self.listing = make_listing(self.asked, owner=self.answering)

    def ask(self, listing=None):
        return ask_introduction(
            listing or self.listing, by=self.asking, asker=self.asker, **FIVE
        )

    def accepted(self):
        return accept_introduction(self.ask(), by=self.answering)

    @property
    def opened(self):
        """Live disclosures between the two: from whom, and how far."""
        rows = Disclosure.objects.live().filter(
            of__in=(self.asker, self.asked), to__in=(self.asker, self.asked)
        )
        return sorted(rows.values_list("of", "stage"))


def rounds():
    """Fresh rows a round, in a transaction as an act would leave them."""
    for _round in range(ROUNDS):
        with transaction.atomic():
            pair = Pair()
        yield pair
        assert list(unfounded_disclosures()) == []


def refused(results):
    """The refusals; anything else that went wrong is a fault."""
    wrong = [each for each in results if isinstance(each, Exception)]
    assert all(isinstance(each, DomainError) for each in wrong), wrong
    return wrong


def state_of(introduction):
    return Introduction.objects.get(pk=introduction.pk).status


def test_r09_both_agree_to_a_step_at_once():
    for pair in rounds():
        introduction = pair.accepted()
        results = at_once(
            *[
                partial(agree_to_step, introduction, by=person, stage=Stage.FACTS)
                for person in (pair.asking, pair.answering) * 2
            ]
        )
        assert refused(results) == []
        of_both = [(pk, Stage.FACTS) for pk in (pair.asker.pk, pair.asked.pk)]
        assert set(of_both) < set(pair.opened)
        assert len(pair.opened) == 4
        assert introduction.consents.count() == 4


def test_r09_two_colleagues_accept_at_once():
    for pair in rounds():
        introduction = pair.ask()
        colleague = make_member(pair.asked)
        results = at_once(
            partial(accept_introduction, introduction, by=pair.answering),
            partial(accept_introduction, introduction, by=colleague),
        )
        assert len(refused(results)) == 1
        assert len(pair.opened) == 2


def test_r09_accept_against_withdraw():
    for pair in rounds():
        introduction = pair.ask()
        results = at_once(
            partial(accept_introduction, introduction, by=pair.answering),
            partial(withdraw_introduction, introduction, by=pair.asking),
        )
        assert len(refused(results)) == 1
        is_open = state_of(introduction) == Status.ACCEPTED
        assert len(pair.opened) == (2 if is_open else 0)


def test_r09_accept_against_decline():
    for pair in rounds():
        introduction = pair.ask()
        colleague = make_member(pair.asked)
        results = at_once(
            partial(accept_introduction, introduction, by=pair.answering),
            partial(decline_introduction, introduction, by=colleague, because="no_fit"),
        )
        assert len(refused(results)) == 1


def test_r09_agree_against_stop_and_close():
    for pair in rounds():
        introduction = pair.accepted()
        agree_to_step(introduction, by=pair.asking, stage=Stage.FACTS)
        refused(
            at_once(
                partial(
                    agree_to_step, introduction, by=pair.answering, stage=Stage.FACTS
                ),
                partial(stop_step, introduction, by=pair.asking, stage=Stage.FACTS),
            )
        )
        refused(
            at_once(
                partial(agree_to_step, introduction, by=pair.asking, stage=Stage.FACTS),
                partial(close_introduction, introduction, by=pair.answering),
            )
        )
        assert state_of(introduction) == Status.CLOSED
        assert pair.opened == []


def test_r09_block_against_message_and_request():
    for pair in rounds():
        introduction = pair.accepted()
        other = make_listing(pair.asked, owner=pair.answering)
        refused(
            at_once(
                partial(send_message, introduction, by=pair.asking, text="Hello"),
                partial(block_counterpart, introduction, by=pair.answering),
                partial(pair.ask, other),
            )
        )
        assert Message.objects.filter(introduction=introduction).count() <= 1
        assert state_of(introduction) == Status.CLOSED
        assert pair.opened == []


def test_r09_block_against_a_draft_thrown_away():
    for pair in rounds():
        pair.accepted()
        draft = save_draft(pair.listing, by=pair.asking, asker=pair.asker, **FIVE)
        results = at_once(
            partial(block_owner, pair.listing, by=pair.asking, organisation=pair.asker),
            partial(discard_draft, draft, by=pair.asking),
        )
        assert not [each for each in results if isinstance(each, Exception)]
        assert not Introduction.objects.filter(pk=draft.pk).exists()
        assert pair.opened == []


def test_r09_the_last_free_place_of_a_listing():
    for pair in rounds():
        for _waiting in range(9):
            pair.asker = make_organisation(side="il")
            pair.asking = make_member(pair.asker)
            pair.ask()
        rivals = [make_organisation(side="il") for _rival in range(3)]
        people = [make_member(rival) for rival in rivals]
        results = at_once(
            *[
                partial(ask_introduction, pair.listing, by=by, asker=asker, **FIVE)
                for by, asker in zip(people, rivals, strict=True)
            ]
        )
        assert len(refused(results)) == 2
        assert pair.listing.introductions.count() == 10


def test_r09_the_last_request_that_may_be_out():
    for pair in rounds():
        listings = [make_listing(make_organisation(side="ps")) for _ in range(7)]
        for listing in listings[:4]:
            pair.ask(listing)
        results = at_once(*[partial(pair.ask, listing) for listing in listings[4:]])
        assert len(refused(results)) == 2
        assert Introduction.objects.filter(asker=pair.asker).count() == 5


def test_r10_a_request_sent_twice_is_one():
    for pair in rounds():
        results = at_once(pair.ask, pair.ask, pair.ask)
        assert len(refused(results)) == 2
        assert pair.listing.introductions.count() == 1
        assert pair.opened == [(pair.asker.pk, Stage.INTERESTED)]
