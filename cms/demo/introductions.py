"""Introductions under way, so that the demo's accounts find work to do."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from marketplace.introductions.actions import (
    accept_introduction,
    agree_to_step,
    ask_introduction,
    send_message,
)
from marketplace.introductions.models import Introduction
from marketplace.introductions.steps import STEPS
from marketplace.meetings.actions import Times, pick_time, propose_times
from marketplace.organisations.models import Organisation
from marketplace.people.clocks import moment_on_wall
from marketplace.people.models import User
from marketplace.ventures.actions import (
    ArrangementText,
    VentureText,
    Words,
    agree_to_arrangement,
    propose_arrangement,
    propose_venture,
    sign_venture,
    write_dissent,
)
from marketplace.ventures.models import JointVenture

from .clock import DemoClock
from .seeding import Seeded

FILE = Path(__file__).parent / "introductions.json"
SENTENCES = ("i_bring", "i_need", "why_you", "first_step", "constraints")


@dataclass(frozen=True, slots=True)
class Pair:
    """The two sides of a written introduction, and who speaks for each."""

    asker: Organisation
    asking: User
    answering: User


def seed_introductions(seeded: Seeded, clock: DemoClock) -> None:
    """Ask, and where it is written so, accept, write and propose."""
    for record in json.loads(FILE.read_text(encoding="utf-8")):
        clock.days_ago(record["days_ago"])
        listing = seeded.listings[record["listing"]]
        asker = seeded.organisations[record["asker"]]
        pair = Pair(asker, _speaker_of(asker), listing.owner)
        introduction = ask_introduction(
            listing,
            by=pair.asking,
            asker=asker,
            **{name: record[name] for name in SENTENCES},
        )
        if record["outcome"] == "accepted":
            clock.pass_a_while()
            accept_introduction(introduction, by=pair.answering)
            _come_to_know(introduction, pair)
            send_message(introduction, by=pair.asking, text=record["message"])
            clock.pass_a_while()
            _offer_times(introduction, pair, record["times"])
            clock.pass_a_while()
            venture = _propose(introduction, pair, record["venture"])
            if record.get("arrangements"):
                clock.days_ago(0)  # prices of the demo are in force from today
                _sign(venture, pair)
                for written in record["arrangements"]:
                    _arrange(venture, pair, written)


def _come_to_know(introduction: Introduction, pair: Pair) -> None:
    """Both agree to every step, one after the other."""
    for stage in STEPS:
        for person in (pair.asking, pair.answering):
            agree_to_step(introduction, by=person, stage=stage)
    introduction.refresh_from_db()


def _offer_times(
    introduction: Introduction, pair: Pair, written: dict[str, Any]
) -> None:
    """Days are counted from the day on which the demo is made."""
    zone, hour = pair.asking.time_zone, time.fromisoformat(written["hour"])
    today = timezone.localdate(datetime.now(UTC))
    begins = tuple(
        moment_on_wall(today + timedelta(days=days), hour, zone)
        for days in written["in_days"]
    )
    same = {name: written[name] for name in ("minutes", "way", "note")}
    times = Times(begins=begins, **same)
    meeting = propose_times(introduction, by=pair.asking, times=times)
    if written["picked"]:
        slot = meeting.proposals.open().get().slots.all()[0]
        pick_time(meeting, by=pair.answering, slot=slot.public_id)


def _propose(
    introduction: Introduction, pair: Pair, written: dict[str, Any]
) -> JointVenture:
    own = int(written["ownership_of_asker"])
    beside = written.get("beside", {})
    text = VentureText(
        title=str(written["title"]),
        purpose=str(written["purpose"]),
        starts_on=date.fromisoformat(str(written["starts_on"])),
        ends_on=date.fromisoformat(str(written["ends_on"])),
        fee_currency=str(written["currency"]),
        ownership={pair.asker: own, introduction.asked: 10_000 - own},
        beside={code: Words(**words) for code, words in beside.items()},
    )
    venture = propose_venture(introduction, by=pair.asking, text=text)
    if "dissent" in written:
        write_dissent(venture, by=pair.answering, text=str(written["dissent"]))
    return venture


def _sign(venture: JointVenture, pair: Pair) -> None:
    for person in (pair.asking, pair.answering):
        sign_venture(venture, by=person, text_hash=venture.text_hash())


def _arrange(venture: JointVenture, pair: Pair, written: dict[str, Any]) -> None:
    """Days are counted from the day on which the demo is made."""
    today = timezone.localdate()
    first = today + timedelta(days=written["first_in"])
    same = ("what", "who", "place", "repeats", "zone")
    text = ArrangementText(
        **{name: written[name] for name in same},
        first_on=first,
        last_on=first + timedelta(days=written["days"] - 1),
        from_time=time.fromisoformat(written["from_time"]),
        to_time=time.fromisoformat(written["to_time"]),
        review_on=today + timedelta(days=written["review_in"]),
    )
    arrangement = propose_arrangement(venture, by=pair.answering, text=text)
    if written["agreed"]:
        agree_to_arrangement(arrangement, by=pair.asking, version=1)


def _speaker_of(organisation: Organisation) -> User:
    membership = organisation.memberships.select_related("user").order_by("pk").first()
    if membership is None:
        raise LookupError("an organisation of the demo has nobody to speak for it")
    return membership.user
