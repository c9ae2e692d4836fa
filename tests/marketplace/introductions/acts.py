"""Random acts of two parties, a blocker and an outsider.

The model below knows consents only: who said yes to what, and what took it back. What
pages and stages show is compared with it after every act.
"""

import os

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from cms.invariants.consents import unfounded_disclosures
from marketplace.exceptions import DomainError
from marketplace.introductions.actions import (
    accept_introduction,
    agree_to_step,
    answer_question,
    ask_introduction,
    ask_question,
    block_counterpart,
    close_introduction,
    decline_introduction,
    stop_step,
    withdraw_introduction,
)
from marketplace.introductions.faces import introduction_face
from marketplace.introductions.models import WAITING, Introduction
from marketplace.introductions.steps import STEPS
from marketplace.organisations.stage import stage_between
from marketplace.organisations.stages import Stage
from tests.factories import make_listing, make_member, make_organisation
from tests.marketplace.introductions.words import FIVE

EXAMPLES = int(os.environ.get("RANDOM_ACTS", "5"))
CALM = settings(
    max_examples=EXAMPLES,
    stateful_step_count=20,
    deadline=None,
    derandomize=EXAMPLES < 100,
    database=None,
    report_multiple_bugs=False,
    # A history that fails is told as it was found; making it shorter takes minutes.
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
NAMES = ("asker", "asked", "blocker", "outsider")
SIDES = {"asker": "il", "asked": "ps", "blocker": "il", "outsider": "ps"}
# The two who may meet act more often, and more often on the step that comes first.
WHO = st.sampled_from(("asker", "asked", *NAMES))
STEP = st.sampled_from((STEPS[0], STEPS[0], *STEPS))
Status = Introduction.Status


class Acts(RuleBasedStateMachine):
    """Everybody tries everything; the rules of the programme refuse what they refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.organisations = {
            name: make_organisation(
                side=SIDES[name],
                legal_name=f"LEGAL{name}",
                trade_facts=f"FACTS{name}",
                alias=f"Alias {name}",
            )
            for name in NAMES
        }
        self.people = {
            name: make_member(row) for name, row in self.organisations.items()
        }
        self.listing = make_listing(
            self.organisations["asked"], owner=self.people["asked"]
        )
        self.consents: dict[tuple[int, int], set[Stage]] = {}
        self.ask("asker")

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    # -- acts ------------------------------------------------------------------------

    def try_to(self, act, introduction, who, **words):
        """Do it where the programme lets this person; whether it did."""
        try:
            with transaction.atomic():
                act(introduction, by=self.people[who], **words)
        except DomainError:
            return False
        return True

    def newest(self, who):
        """The newest introduction; somebody may also try what is none of theirs."""
        return Introduction.objects.order_by("-pk").first()

    def forget(self, *introductions):
        for row in introductions:
            for side in (row.asker_id, row.asked_id):
                self.consents.pop((row.pk, side), None)

    def say(self, row, organisation_id, stage):
        self.consents.setdefault((row.pk, organisation_id), set()).add(stage)

    @rule(who=WHO)
    def ask(self, who):
        organisation, person = self.organisations[who], self.people[who]
        try:
            with transaction.atomic():
                row = ask_introduction(
                    self.listing, by=person, asker=organisation, **FIVE
                )
        except DomainError:
            return
        if row.silenced_at is None:
            self.say(row, organisation.pk, Stage.INTERESTED)

    @rule(who=st.sampled_from(("asked", "asked", "asked", "asker", "outsider")))
    def accept(self, who):
        row = self.newest(who)
        if row and self.try_to(accept_introduction, row, who):
            self.say(row, row.asked_id, Stage.INTERESTED)

    @rule(who=WHO, step=STEP)
    def agree(self, who, step):
        row = self.newest(who)
        if row and self.try_to(agree_to_step, row, who, stage=step):
            self.say(row, self.organisations[who].pk, step)

    @rule(step=STEP)
    def both_agree(self, step):
        for who in ("asker", "asked"):
            self.agree(who, step)

    @rule(who=WHO, step=STEP)
    def stop(self, who, step):
        row = self.newest(who)
        if row and self.try_to(stop_step, row, who, stage=step):
            for side in (row.asker_id, row.asked_id):
                left = self.consents.get((row.pk, side), set())
                self.consents[row.pk, side] = {each for each in left if each < step}

    @rule(who=WHO, end=st.sampled_from(("withdraw", "decline", "close")))
    def end(self, who, end):
        acts = {
            "withdraw": (withdraw_introduction, {}),
            "decline": (decline_introduction, {"because": "not_now"}),
            "close": (close_introduction, {}),
        }
        act, words = acts[end]
        row = self.newest(who)
        if row and self.try_to(act, row, who, **words):
            self.forget(row)

    @rule(who=WHO)
    def question(self, who):
        row = self.newest(who)
        if row:
            self.try_to(ask_question, row, who, text="Which season?")

    @rule(who=WHO)
    def reply(self, who):
        row = self.newest(who)
        if row:
            self.try_to(answer_question, row, who, text="Autumn")

    @rule()
    def block(self):
        """The blocker has asked, and wants to meet the asked no more."""
        own = self.organisations["blocker"]
        row = Introduction.objects.filter(asker=own).order_by("-pk").first()
        if row and self.try_to(block_counterpart, row, "blocker"):
            self.forget(*Introduction.objects.filter(asker=own))

    # -- what has to hold ---------------------------------------------------------------

    def expected(self, row, of, to):
        """How far one side may be open to the other, by the consents alone."""
        given, other = (self.consents.get((row.pk, side), set()) for side in (of, to))
        if given and other:
            return min(max(given), max(other))
        waits = row.status in WAITING and of == row.asker_id and given
        return Stage.INTERESTED if waits else Stage.MEMBER

    @invariant()
    def stages_rest_on_consents(self):
        asked = self.organisations["asked"]
        scope = self.listing.public_id
        for name in ("asker", "blocker", "outsider"):
            own, person = self.organisations[name], self.people[name]
            rows = list(Introduction.objects.filter(asker=own))
            there = [self.expected(row, asked.pk, own.pk) for row in rows]
            back = [self.expected(row, own.pk, asked.pk) for row in rows]
            near = max(there, default=Stage.MEMBER)
            assert stage_between(person, asked, scope) == near
            near = max(back, default=Stage.MEMBER)
            assert stage_between(self.people["asked"], own, scope) == near

    @invariant()
    def pages_show_no_more_than_the_stage(self):
        if not Introduction.objects.exists():
            return
        for name in NAMES:
            person = self.people[name]
            rows = Introduction.objects.involving(person).with_parties()
            for row in rows.exclude(status=Status.DRAFT):
                own = self.organisations[name].pk
                other = row.asked if own == row.asker_id else row.asker
                near = self.expected(row, other.pk, own)
                seen = repr(introduction_face(row, person))
                word = other.alias.removeprefix("Alias ")
                assert (f"LEGAL{word}" in seen) == (near >= Stage.ORGANISATION)
                assert (f"FACTS{word}" in seen) == (near >= Stage.FACTS)
                assert f"LEGAL{name}" not in seen

    @invariant()
    def what_is_open_is_founded(self):
        assert list(unfounded_disclosures()) == []
