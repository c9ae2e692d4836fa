"""The sectors and items of many listings, as rows and as the content of revisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from modelcluster.models import get_serializable_data_for_fields

from marketplace.listings.import_codes import Codes
from marketplace.listings.import_lines import ItemLine, ListingLine
from marketplace.listings.models import Brings, Listing, Needs


@dataclass
class BatchParts:
    """Sectors and items of the listings of a batch."""

    codes: Codes
    pairs: Sequence[tuple[Listing, ListingLine]]

    @cached_property
    def listings(self) -> list[Listing]:
        return [listing for listing, _line in self.pairs]

    @cached_property
    def _items(self) -> dict[type[Brings] | type[Needs], dict[int, list[Any]]]:
        return {
            model: {
                listing.pk: self._rows(model, listing, getattr(line, name))
                for listing, line in self.pairs
            }
            for model, name in ((Brings, "brings"), (Needs, "needs"))
        }

    def _rows(
        self,
        model: type[Brings] | type[Needs],
        listing: Listing,
        items: Sequence[ItemLine],
    ) -> list[Any]:
        return [
            model(
                listing_id=listing.pk,
                capability_id=self.codes.capability_of(item),
                text=self.codes.text_of(item),
                quantity=item.quantity,
                evidence=item.evidence,
                sort_order=order,
            )
            for order, item in enumerate(items)
        ]

    def write(
        self,
        *,
        fresh: Sequence[tuple[Listing, ListingLine]],
        changed: Sequence[tuple[Listing, ListingLine]],
    ) -> None:
        """Rows of what is new or changed; those of a waiting change stay as they are."""
        again = [listing.pk for listing, _line in changed]
        chosen = {listing.pk for listing, _line in (*fresh, *changed)}
        through = Listing.sectors.through
        through.objects.filter(listing__in=again).delete()
        through.objects.bulk_create(
            through(listing_id=listing.pk, sector_id=self.codes.sectors[code])
            for listing, line in self.pairs
            if listing.pk in chosen
            for code in line.sectors
        )
        for model, by_listing in self._items.items():
            model.objects.filter(listing__in=again).delete()
            model.objects.bulk_create(
                row for key in by_listing if key in chosen for row in by_listing[key]
            )

    @cached_property
    def _lines(self) -> dict[int, ListingLine]:
        return {listing.pk: line for listing, line in self.pairs}

    def content_of(self, listing: Listing) -> dict[str, object]:
        """The listing as Wagtail writes it into a revision."""
        content = get_serializable_data_for_fields(listing)
        content["sectors"] = [
            self.codes.sectors[code] for code in self._lines[listing.pk].sectors
        ]
        for model, name in ((Brings, "brings"), (Needs, "needs")):
            content[name] = [_plain(row) for row in self._items[model][listing.pk]]
        return content


def _plain(item: Brings | Needs) -> dict[str, object]:
    """As modelcluster writes an item, at a tenth of the cost."""
    return {
        "pk": item.pk,
        "capability": item.capability_id,
        "text": item.text,
        "quantity": item.quantity,
        "evidence": item.evidence,
        "sort_order": item.sort_order,
        "listing": item.listing_id,
    }
