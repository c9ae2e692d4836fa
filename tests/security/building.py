"""What two partners of a world build: texts, steps, arrangements, an end."""

from datetime import time, timedelta

from django.utils import timezone

from marketplace.introductions.models import Introduction
from marketplace.ventures.actions import (
    ArrangementText,
    ClosingText,
    MilestoneText,
    VentureText,
    Words,
    add_milestone,
    propose_arrangement,
    propose_venture,
    sign_venture,
    write_closing,
)
from marketplace.ventures.models import Arrangement, JointVenture, Milestone
from payments.actions.adjustments import approve_waiver, request_waiver
from payments.models import Share
from tests.payments.officers import make_officer
from tests.security.making import Party, Word, canary

VENTURE_WORDS = ("title", "purpose", "beside")


def make_venture(
    introduction: Introduction, one: Party, other: Party, words: dict[str, Word]
) -> JointVenture:
    number, readers = len(words), frozenset({one.name, other.name})
    texts = [canary(other.name, f"{what}{number}") for what in VENTURE_WORDS]
    for what, text in zip(VENTURE_WORDS, texts, strict=True):
        words[f"venture{number}.{what}"] = Word(text, readers)
    title, purpose, beside = texts
    text = VentureText(
        title=title,
        purpose=purpose,
        beside={"ar": Words(f"معصرة {number}", beside)},
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate() + timedelta(days=365),
        fee_currency="USD",
        ownership={one.organisation: 5000, other.organisation: 5000},
    )
    return propose_venture(introduction, by=one.user, text=text)


def make_milestone(
    venture: JointVenture, by: Party, owner: Party, words: dict[str, Word]
) -> Milestone:
    """A step that one partner has written and the other has not answered."""
    text = canary(by.name, "milestone")
    words["venture.milestone"] = Word(text, frozenset({by.name, owner.name}))
    party = venture.parties.get(organisation=owner.organisation)
    day = timezone.localdate() + timedelta(days=30)
    step = MilestoneText("step", f"To carry {text}", party, day)
    return add_milestone(venture, by=by.user, text=step)


def make_arrangement(
    venture: JointVenture, by: Party, other: Party, words: dict[str, Word]
) -> Arrangement:
    """What one partner proposes to do where, from yesterday to next month."""
    readers = frozenset({by.name, other.name})
    number = len(words)
    texts = {name: canary(by.name, f"{name}{number}") for name in ("what", "who", "at")}
    words |= {
        f"venture{number}.{name}": Word(text, readers) for name, text in texts.items()
    }
    today = timezone.localdate()
    text = ArrangementText(
        what=texts["what"],
        who=texts["who"],
        place=texts["at"],
        first_on=today - timedelta(days=1),
        last_on=today + timedelta(days=30),
        from_time=time(7),
        to_time=time(9),
        repeats="daily",
        zone="Asia/Hebron",
        review_on=today + timedelta(days=20),
    )
    return propose_arrangement(venture, by=by.user, text=text)


def make_active(
    introduction: Introduction, one: Party, other: Party, words: dict[str, Word]
) -> JointVenture:
    """Signed, settled, and with a closing note that one partner has written."""
    venture = make_venture(introduction, one, other, words)
    for party in (one, other):
        sign_venture(venture, by=party.user, text_hash=venture.text_hash())
    shares = Share.objects.filter(fee__venture=venture)
    for party in (one, other):
        share = shares.get(party__organisation=party.organisation)
        wish = request_waiver(share, by=party.user, because="means")
        approve_waiver(wish, by=make_officer())
    word = canary(other.name, f"closing{len(words)}")
    key = f"venture{len(words)}.closing"
    words[key] = Word(word, frozenset({one.name, other.name}))
    text = ClosingText("reached", f"It held; {word}", "Begin small.", "en")
    write_closing(venture, by=other.user, text=text)
    return JointVenture.objects.get(pk=venture.pk)
