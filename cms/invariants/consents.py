"""I3: what two organisations have opened to each other rests on living consents."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID

from marketplace.introductions.models import WAITING, Introduction
from marketplace.meetings.models import Meeting
from marketplace.organisations.models import Disclosure
from marketplace.organisations.stages import Stage
from marketplace.ventures.models import JointVenture

BOUND = (
    JointVenture.Status.AGREED,
    JointVenture.Status.ACTIVE,
    JointVenture.Status.SUSPENDED,
    JointVenture.Status.ENDED,
)
Pair = tuple[UUID, int, int]  # scope, of, to


def without_consent() -> Iterator[str]:
    """What is open, and what is agreed to meet for, though one side has said no."""
    yield from unfounded_disclosures()
    yield from unfounded_meetings()


def unfounded_meetings() -> Iterator[str]:
    """Times wait or stand between two who do not both agree to talk any more."""
    accepted = Introduction.objects.filter(status=Introduction.Status.ACCEPTED)
    rows = Meeting.objects.going_on().exclude(introduction__in=accepted)
    for public_id in rows.values_list("public_id", flat=True):
        yield f"meeting {public_id} goes on without the introduction"


def unfounded_disclosures() -> Iterator[str]:
    """Open without consent, or agreed without being open."""
    opened = _opened()
    founded = _founded()
    for pair, stage in opened.items():
        if stage > founded.get(pair, Stage.MATCHED):
            yield f"{_named(pair)} is open up to {stage.name} without the consents"
    for pair, stage in founded.items():
        if opened.get(pair, Stage.PUBLIC) < stage:
            yield f"{_named(pair)} is agreed up to {stage.name} but not open"


def _named(pair: Pair) -> str:
    scope, of, to = pair
    return f"scope {scope}: organisation {of} towards {to}"


def _opened() -> dict[Pair, Stage]:
    """The highest living rung of each pair and scope, from INTERESTED up."""
    opened: dict[Pair, Stage] = {}
    rows = Disclosure.objects.live().filter(stage__gte=Stage.INTERESTED)
    for scope, of, to, stage in rows.values_list("scope", "of", "to", "stage"):
        pair = (scope, of, to)
        opened[pair] = max(Stage(stage), opened.get(pair, Stage.PUBLIC))
    return opened


def _founded() -> dict[Pair, Stage]:
    """What the living consents and signed ventures ask to be open."""
    founded: dict[Pair, Stage] = {}
    for pair, stage in (*_by_introductions(), *_by_ventures()):
        founded[pair] = max(stage, founded.get(pair, Stage.PUBLIC))
    return founded


def _by_introductions() -> Iterator[tuple[Pair, Stage]]:
    """Both consents open as far as the lesser; one alone opens the asker's interest."""
    readable = [*WAITING, Introduction.Status.ACCEPTED]
    rows = Introduction.objects.filter(status__in=readable).select_related("listing")
    for row in rows.prefetch_related("consents"):
        given = _given(row.consents.all())
        scope = row.listing.public_id
        both = min(given[row.asker_id], given[row.asked_id])
        if row.status == Introduction.Status.ACCEPTED and both >= Stage.INTERESTED:
            yield (scope, row.asker_id, row.asked_id), both
            yield (scope, row.asked_id, row.asker_id), both
        elif given[row.asker_id] > Stage.PUBLIC:
            yield (scope, row.asker_id, row.asked_id), Stage.INTERESTED


def _given(consents: Iterable) -> dict[int, Stage]:
    given: dict[int, Stage] = defaultdict(lambda: Stage.PUBLIC)
    for consent in consents:
        if consent.withdrawn_at is None:
            key = consent.organisation_id
            given[key] = max(Stage(consent.stage), given[key])
    return given


def _by_ventures() -> Iterator[tuple[Pair, Stage]]:
    """Partners of a text that all have signed know each other wholly."""
    rows = JointVenture.objects.filter(status__in=BOUND)
    for venture in rows.prefetch_related("parties"):
        keys = [party.organisation_id for party in venture.parties.all()]
        for of in keys:
            for to in keys:
                if of != to:
                    yield (venture.public_id, of, to), Stage.VENTURE
