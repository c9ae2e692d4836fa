"""What search hears: listings that appear, change and go, and edits of trade words."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.signals import unpublished

from marketplace.introductions.models import Introduction
from marketplace.introductions.signals import (
    introduction_accepted,
    introduction_asked,
    introduction_declined,
    introduction_expired,
)
from marketplace.listings.models import Listing
from marketplace.listings.signals import (
    listing_changed,
    listing_published,
    listing_withdrawn,
    listings_imported,
)
from marketplace.mandates.models import InvestorMandate
from marketplace.mandates.signals import mandate_changed, mandate_ended
from marketplace.organisations.models import Organisation
from marketplace.organisations.signals import organisation_changed
from marketplace.taxonomy.models import Capability, LexiconEntry
from search.indexing import record_changes, touched_by
from search.lexicon import forget_lexicon
from search.matching import mandate_rows
from search.matching.apart import drop_apart
from search.matching.mandate_past import forget_revisions
from search.models import MatchEvent
from search.outcomes import note_outcome
from search.tasks import drain_index


def note_unpublished(*, instance: Listing, **kwargs: object) -> None:
    """Staff unpublished a listing on Wagtail's own screens."""
    if not instance.expired:
        forget_revisions(instance)
    _note([instance.pk], "unpublished")


def note_changed(*, listing: Listing, **kwargs: object) -> None:
    """Our actions published or changed a listing."""
    _note([listing.pk], "changed")


def note_withdrawn(*, listing: Listing, **kwargs: object) -> None:
    """Our actions took a listing from public view."""
    if listing.withdrawn_at:
        forget_revisions(listing)
    _note([listing.pk], "withdrawn")


def note_imported(*, listing_ids: Iterable[int], **kwargs: object) -> None:
    """Many listings were written at once."""
    _note(listing_ids, "imported")


def note_deleted(*, instance: Listing, **kwargs: object) -> None:
    """A listing is gone altogether."""
    _note([instance.pk], "deleted")


def note_asked(*, introduction: Introduction, **kwargs: object) -> None:
    """Somebody asked to meet."""
    note_outcome(introduction, MatchEvent.Kind.REQUESTED)


def note_accepted(*, introduction: Introduction, **kwargs: object) -> None:
    """The other side said yes."""
    note_outcome(introduction, MatchEvent.Kind.ACCEPTED)


def note_declined(*, introduction: Introduction, **kwargs: object) -> None:
    """The other side said no."""
    note_outcome(introduction, MatchEvent.Kind.DECLINED)


def note_silence(*, introduction: Introduction, **kwargs: object) -> None:
    """No answer came in time."""
    note_outcome(introduction, MatchEvent.Kind.SILENT)


def note_apart(*, organisation: Organisation, **kwargs: object) -> None:
    """Whom it meets may be different: matches go at once, and are sought anew."""
    drop_apart(organisation)
    live = Listing.objects.live().filter(organisation=organisation)
    _note(live.values_list("pk", flat=True), "organisation")


def note_trade_words(*, instance: LexiconEntry, **kwargs: object) -> None:
    """Staff changed a concept: listings that speak of it, or did, are looked at anew."""
    forget_lexicon()
    _note(touched_by(instance), "lexicon")


def note_mandate(*, mandate: InvestorMandate, **kwargs: object) -> None:
    """A mandate says something else, rests, resumes or has ended.

    Its keys and rows are set at once, so that nothing more is told of what it said.
    """
    mandate_rows.look_anew(mandate)


def _note(listing_ids: Iterable[int], reason: str) -> None:
    ids = tuple(listing_ids)
    if not ids:
        return
    with transaction.atomic():
        record_changes(ids, reason)
        transaction.on_commit(drain_index.enqueue)


def connect() -> None:
    """Called once, when the application is ready."""
    unpublished.connect(note_unpublished, sender=Listing)
    listing_published.connect(note_changed, sender=Listing)
    listing_changed.connect(note_changed, sender=Listing)
    listing_withdrawn.connect(note_withdrawn, sender=Listing)
    listings_imported.connect(note_imported, sender=Listing)
    post_delete.connect(note_deleted, sender=Listing)
    introduction_asked.connect(note_asked, sender=Introduction)
    introduction_accepted.connect(note_accepted, sender=Introduction)
    introduction_declined.connect(note_declined, sender=Introduction)
    introduction_expired.connect(note_silence, sender=Introduction)
    mandate_changed.connect(note_mandate, sender=InvestorMandate)
    mandate_ended.connect(note_mandate, sender=InvestorMandate)
    organisation_changed.connect(note_apart, sender=Organisation)
    for signal in (post_save, post_delete):
        signal.connect(note_trade_words, sender=LexiconEntry)
        signal.connect(forget_lexicon, sender=Capability)
    for relation in (LexiconEntry.sectors.through, LexiconEntry.capabilities.through):
        m2m_changed.connect(forget_lexicon, sender=relation)
