"""Two sides that have met by alias, in two clock zones, on a fixed day."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from marketplace.introductions.actions import accept_introduction
from marketplace.meetings.actions import Times, pick_time, propose_times
from marketplace.meetings.models import Meeting
from tests.marketplace.introductions.conftest import (
    asked,
    asker,
    haifa,
    introduction,
    listing,
    nablus,
)

__all__ = ["asked", "asker", "haifa", "introduction", "listing", "nablus"]

NOW = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
FIRST, SECOND = NOW + timedelta(days=3), NOW + timedelta(days=4, hours=2)


class Clock:
    """What `timezone.now()` says; tests put it forward."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock)
    return clock


@pytest.fixture
def met(clock, introduction, asker, asked):
    """The introduction, accepted: both know an alias and may write."""
    for person, zone in ((asker, "Asia/Jerusalem"), (asked, "Asia/Hebron")):
        person.time_zone = zone
        person.save()
    return accept_introduction(introduction, by=asked)


def times(*begins: datetime, **more) -> Times:
    values = {"minutes": 30, "way": "video"} | more
    return Times(begins=begins or (FIRST, SECOND), **values)


def slot_of(meeting: Meeting, number: int = 0):
    proposal = meeting.proposals.open().get()
    return proposal.slots.all()[number].public_id


@pytest.fixture
def proposed(met, asker) -> Meeting:
    return propose_times(met, by=asker, times=times(place="By the old mill"))


@pytest.fixture
def agreed(proposed, asked) -> Meeting:
    return pick_time(proposed, by=asked, slot=slot_of(proposed))


@pytest.fixture
def over(agreed, clock) -> Meeting:
    clock.now = FIRST + timedelta(hours=1)
    return agreed
