"""The same acts, and beside them a facilitator of each side who tries everything.

Of a facilitator the model knows the living mandates; what the programme lets one do is
held against those.
"""

from datetime import UTC, datetime, timedelta

from django.db.models import Q
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from marketplace.facilitation.actions import give_mandate, revoke_mandates
from marketplace.facilitation.models import Act, Facilitator
from marketplace.introductions.actions import (
    accept_introduction,
    add_context,
    agree_to_step,
    answer_question,
    ask_question,
    close_introduction,
    decline_introduction,
    hold_introduction,
    release_introduction,
    send_message,
    stop_step,
    withdraw_introduction,
)
from marketplace.introductions.faces import introduction_face
from marketplace.introductions.models import Introduction
from marketplace.meetings.actions import Times, propose_times
from marketplace.meetings.models import Meeting
from marketplace.organisations.stages import Stage
from tests.factories import make_user
from tests.marketplace.introductions.acts import SIDES, STEP, Acts

HELPERS = {"helper_il": "il", "helper_ps": "ps"}
HELPER = st.sampled_from(("helper_ps", "helper_ps", "helper_il"))
# A mandate for one act shows soonest whether it reaches as far as another.
MANDATE = st.one_of(
    st.sampled_from(Act.values).map(lambda act: {act}),
    st.sets(st.sampled_from(Act.values), min_size=1),
)
LATER = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(days=30)
TIMES = Times((LATER,), minutes=30, way="call")
# What a facilitator tries, and the mandate it takes.
BY_MANDATE = {
    "accept": (accept_introduction, Act.ANSWER, {}),
    "decline": (decline_introduction, Act.ANSWER, {"because": "not_now"}),
    "question": (ask_question, Act.ANSWER, {"text": "Which season?"}),
    "reply": (answer_question, Act.REPLY, {"text": "Autumn"}),
    "hold": (hold_introduction, Act.HOLD, {}),
    "release": (release_introduction, Act.HOLD, {}),
    "times": (propose_times, Act.SCHEDULE, {"times": TIMES}),
    "context": (add_context, Act.CONTEXT, {"text": "They are new here."}),
}


class ActsWithHelp(Acts):
    """No mandate, no act; and none reaches as far as a step or an ending."""

    def __init__(self) -> None:
        super().__init__()
        self.helpers = {
            name: Facilitator.objects.create(user=make_user(alias=name), side=side)
            for name, side in HELPERS.items()
        }
        self.people |= {name: each.user for name, each in self.helpers.items()}
        self.mandates: dict[tuple[int, str], set[str]] = {}

    def forget(self, *introductions):
        super().forget(*introductions)
        for row in introductions:
            for who in HELPERS:
                self.mandates.pop((row.pk, who), None)

    @rule(who=st.sampled_from(("asker", "asked", "asked")), acts=MANDATE)
    def trust(self, who, acts):
        """A side lets the facilitator of its side do these; earlier mandates end."""
        row, own = self.newest(who), self.organisations[who]
        helper = f"helper_{SIDES[who]}"
        if row is None or own.pk not in (row.asker_id, row.asked_id):
            return
        if not (row.is_waiting or row.is_open) or row.silenced_at:
            return
        person, whom = self.people[who], self.helpers[helper]
        give_mandate(own, whom, by=person, about=row.public_id, acts=sorted(acts))
        self.mandates[row.pk, helper] = set(acts)

    @rule(who=st.sampled_from(("asker", "asked")))
    def trust_no_more(self, who):
        row, own = self.newest(who), self.organisations[who]
        if row and own.pk in (row.asker_id, row.asked_id):
            revoke_mandates(own, by=self.people[who], about=row.public_id)
            helper = f"helper_{SIDES[who]}"
            self.mandates.pop((row.pk, helper), None)

    @rule(
        who=st.sampled_from(("asker", "asked", "asked")),
        acts=MANDATE,
        act=st.sampled_from(sorted(BY_MANDATE)),
    )
    def trust_and_be_helped(self, who, acts, act):
        self.trust(who, acts)
        self.help(f"helper_{SIDES[who]}", act)

    @rule(who=HELPER, act=st.sampled_from(sorted(BY_MANDATE)))
    def help(self, who, act):
        """What a facilitator does stands in a living mandate of that side, or fails."""
        row = self.newest(who)
        if row is None:
            return
        do, needed, words = BY_MANDATE[act]
        if not self.try_to(do, row, who, **words):
            return
        acts = self.mandates.get((row.pk, who), set())
        assert needed in acts, f"{who} did {act} without a mandate"
        if act == "accept":
            self.say(row, row.asked_id, Stage.INTERESTED)
        elif act == "decline":
            self.forget(row)

    @rule(who=HELPER, step=STEP)
    def overstep(self, who, step):
        """No mandate reaches as far as a step, an ending or what was written."""
        row = self.newest(who)
        if row:
            assert not self.try_to(agree_to_step, row, who, stage=step)
            assert not self.try_to(stop_step, row, who, stage=step)
            assert not self.try_to(close_introduction, row, who)
            assert not self.try_to(withdraw_introduction, row, who)
            assert not self.try_to(send_message, row, who, text="For them")

    @invariant()
    def no_meeting_outlives_its_introduction(self):
        open_ones = Q(introduction__status=Introduction.Status.ACCEPTED)
        assert not Meeting.objects.going_on().exclude(open_ones).exists()

    @invariant()
    def a_facilitator_reads_where_a_mandate_lives_and_no_name(self):
        for who in HELPERS:
            person = self.people[who]
            rows = list(Introduction.objects.involving(person).with_parties())
            keys = {pk for pk, helper in self.mandates if helper == who}
            assert {row.pk for row in rows} <= keys
            for row in rows:
                other = row.other_than(row.side_of(person)).alias.split()[-1]
                assert f"LEGAL{other}" not in repr(introduction_face(row, person))
