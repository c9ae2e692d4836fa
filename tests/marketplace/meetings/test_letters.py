"""Mails about meetings name no party, time or place, whatever their reader allows."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from marketplace.meetings.actions import (
    LineText,
    cancel_meeting,
    confirm_line,
    decline_times,
    pick_time,
    propose_times,
    remind_of_meetings,
    withdraw_times,
    write_line,
)
from marketplace.notices.actions import keep_habits
from marketplace.notices.delivery import sweep
from marketplace.notices.models import OutgoingMail
from marketplace.people.models import Discretion
from tests.marketplace.meetings.conftest import FIRST, SECOND, slot_of, times

pytestmark = pytest.mark.django_db
PLACE = "By the old mill"


def letters(clock) -> list[str]:
    """All that leaves now; subject, text and page of each."""
    OutgoingMail.objects.update(next_try_at=clock.now)
    mail.outbox.clear()
    sweep(limit=1000)
    return [
        "\n".join([each.subject, each.body, *(str(a[0]) for a in each.alternatives)])
        for each in mail.outbox
        if "introduction" not in each.subject.lower()
    ]


def histories(met, asker, asked, clock):
    """Everything that can be told of a meeting, mailed as it happens."""
    found = []

    def then(_done) -> None:
        found.extend(letters(clock))

    meeting = propose_times(met, by=asker, times=times(place=PLACE, note="Bring tea"))
    then(meeting)
    then(decline_times(meeting, by=asked))
    meeting = propose_times(met, by=asked, times=times(place=PLACE))
    then(withdraw_times(meeting, by=asked))
    meeting = propose_times(met, by=asker, times=times(place=PLACE))
    then(pick_time(meeting, by=asked, slot=slot_of(meeting)))
    propose_times(met, by=asked, times=times(SECOND, place=PLACE))
    then(pick_time(meeting, by=asker, slot=slot_of(meeting)))
    clock.now = SECOND - timedelta(hours=20)
    then(remind_of_meetings())
    clock.now = SECOND + timedelta(hours=1)
    line = write_line(meeting, by=asker, text=LineText("Ten crates."))
    then(confirm_line(meeting, by=asked, version=line.version))
    later = clock.now + timedelta(days=3)
    meeting = propose_times(met, by=asker, times=times(later))
    pick_time(meeting, by=asked, slot=slot_of(meeting))
    then(cancel_meeting(meeting, by=asker))
    return found


@pytest.mark.parametrize("discretion", list(Discretion))
def test_no_letter_holds_a_party_a_time_or_a_place(
    met, asker, asked, haifa, nablus, clock, discretion
):
    for person in (asker, asked):
        type(person).objects.filter(pk=person.pk).update(discretion=discretion)
    letters(clock)
    found = histories(met, asker, asked, clock)
    assert len(found) >= 10
    text = "\n".join(found)
    words = (PLACE, "Bring tea", "Ten crates", haifa.alias, nablus.alias, "February")
    assert [word for word in words if word in text] == []
    assert not re.search(r"\b\d\d:\d\d\b", text)
    is_open = discretion == Discretion.OPEN
    bare = re.sub(r"https?://[^\s<\"]+", "", text)  # as addresses of any room do
    assert ("meeting" in bare.lower()) == is_open


def test_a_reminder_waits_for_the_end_of_the_quiet_hours(agreed, asker, clock):
    keep_habits(asker, by=asker, days_off=[2])  # Wednesday, the day before
    clock.now = FIRST - timedelta(hours=23)
    assert remind_of_meetings() == 1
    waits = OutgoingMail.objects.get(recipient=asker, notice__kind="meetings.reminder")
    local = FIRST - timedelta(hours=11)  # midnight in Jerusalem
    assert waits.next_try_at == local
