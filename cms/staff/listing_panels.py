"""A listing as its reviewer reads it: the draft, and what it changes of the live one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from wagtail.admin.panels import Panel

from cms.templatetags.site_tags import day, language_name, money
from marketplace.listings.faces import instruments_of
from marketplace.listings.giveaways import giveaways_in
from marketplace.listings.models import Listing, ListingItem, ListingReviewState


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One field: as it would be, and as it is where that differs."""

    label: str
    text: str
    before: str = ""


def rows_for(draft: Listing) -> list[ReviewRow]:
    """The fields of a draft beside those of the public listing, if there is one."""
    proposed = _fields(draft)
    public = Listing.objects.filter(pk=draft.pk, live=True).first()
    before = dict(_fields(public)) if public else dict(proposed)
    return [
        ReviewRow(label, text, before[label] if before[label] != text else "")
        for label, text in proposed
    ]


def _fields(listing: Listing) -> list[tuple[str, str]]:
    low, high = listing.amounts
    return [
        (_("Kind"), str(listing.get_kind_display())),
        (_("Title"), listing.title),
        (_("Summary"), listing.summary),
        (_("Details"), listing.details),
        (_("Language of the text"), language_name(listing.written_in)),
        (_("Sectors"), "\n".join(str(each) for each in listing.sectors.all())),
        (_("What it brings"), _items(listing.brings.all())),
        (_("What it needs"), _items(listing.needs.all())),
        (_("Amount"), " – ".join(filter(None, (money(low), money(high))))),
        (_("Stage"), str(listing.get_stage_display())),
        (_("Forms of funding"), "\n".join(instruments_of(listing))),
        (_("District"), listing.place.name if listing.place else listing.place_text),
        (_("Reach"), str(listing.get_reach_display())),
        (_("Permits"), str(listing.get_permits_display())),
        (_("Shelf life"), str(listing.get_perishable_display())),
        (_("Could start on"), day(listing.start_on)),
        (_("Alias of this listing alone"), listing.alias),
        (_("Alias hidden"), _("yes") if listing.anonymous else _("no")),
    ]


def _items(items: Iterable[ListingItem]) -> str:
    return "\n".join(
        " · ".join(
            part
            for part in (
                str(item.capability or ""),
                item.text,
                item.quantity,
                item.evidence,
            )
            if part
        )
        for item in items
    )


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One of the two readings: for which side, and how it stands."""

    side: str
    standing: str
    reader: str = ""
    day: datetime | None = None


def readings_of(listing: Listing) -> list[ReadingRow]:
    """The steps of the newest review, in order; what has not begun is not there."""
    review = listing.workflow_states.order_by("-created_at").first()
    steps = ListingReviewState.steps.filter(workflow_state=review).order_by("pk")
    return [
        ReadingRow(
            side=str(step.get_side_display()) if step.side else _("either side"),
            standing=str(step.get_status_display()),
            reader=str(step.finished_by or ""),
            day=step.finished_at,
        )
        for step in steps.select_related("finished_by")
    ]


class ListingTextPanel(Panel):
    """Shows the words; there is no field, because they are the owner's."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/staff/listing_text.html"

        def get_context_data(self, parent_context=None):
            return super().get_context_data(parent_context) | {
                "rows": rows_for(self.instance),
                "readings": readings_of(self.instance),
                "giveaways": giveaways_in(self.instance),
                "photos": self.instance.photos.all(),
                "alias": self.instance.organisation.alias,
                "is_verified": self.instance.organisation.is_verified,
            }
