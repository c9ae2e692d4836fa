"""What two partners do with a venture that is active: arrange, stall, go on, close."""

from datetime import timedelta

from django.utils import timezone

from marketplace.ventures.honesty import Stand
from marketplace.ventures.models import Arrangement, JointVenture
from tests.journeys.person import Person


def go_on(first: Person, second: Person, venture: JointVenture) -> None:
    """A small thing by both wills, a standstill that both name, and a way on."""
    arrange(first, second, venture)
    for person in (first, second):
        person.go("ventures:detail", venture.public_id)
        person.choose(stand=str(Stand.STALLED.value), because="permit")
        person.press("main form[action$='/confirm/'] button[type=submit]")
    first.look("venture-standing-still")
    first.choose(way="arrangement")
    first.press("main form[action$='/way-on/'] button[type=submit]")
    assert venture.ways_on.get().way == "arrangement"


def arrange(first: Person, second: Person, venture: JointVenture) -> None:
    """One writes down who, what, where and when; the other reads it and agrees."""
    first.go("ventures:arrangement_add", venture.public_id)
    words, day = first.words, timezone.localdate() + timedelta(days=20)
    first.fill(what=words.brings, who=words.alias, place=words.descriptor)
    first.fill(first_on=str(timezone.localdate()), last_on=str(day))
    first.fill(from_time="07:00", to_time="09:00", review_on=str(day))
    first.send()
    second.go("ventures:detail", venture.public_id)
    second.press("main a[href*='/arrangements/']:not([href$='/add/'])")
    second.press("main form[action$='/agree/'] button")
    assert Arrangement.objects.get().agreed_at is not None


def close(first: Person, second: Person, venture: JointVenture) -> None:
    """One writes how it ended, the other confirms the same words."""
    first.go("ventures:detail", venture.public_id)
    first.press("main a[href$='/closing/write/']")
    first.choose(ending="permit")
    first.fill(note=first.words.purpose, lesson=first.words.summary)
    first.send()
    second.go("ventures:closing", venture.public_id)
    second.press("main form[action$='/confirm/'] button")
    venture.refresh_from_db()
    assert venture.status == JointVenture.Status.ENDED
