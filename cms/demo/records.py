"""Read the written demonstration data into values; nothing here touches a row."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "he", "ar")


@dataclass(frozen=True, slots=True)
class OrganisationRecord:
    """A fictional firm. `legal_name` is private; `alias` and `descriptor` are public.

    `side` is il, ps or third; `country` is ISO 3166-1 alpha-2; `place` a slug of the
    districts; `sectors` are ISIC Rev. 4 codes; `language` is that of its own words.
    The facts of the trade open in an introduction, when both sides have agreed.
    """

    key: str
    legal_name: str
    alias: str
    descriptor: str
    language: str
    side: str
    country: str
    place: str
    sectors: tuple[str, ...]
    traits: tuple[str, ...]
    verified: bool
    languages: tuple[str, ...]
    size: str = ""
    works_since: int | None = None
    trade_facts: str = ""

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        return cls(**_with_tuples(values, "sectors", "traits", "languages"))


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A fictional person; address and full name are private.

    `organisation` is None for staff of the programme, whose `role` is then that of
    the staff (reviewer, finance); otherwise a role in the organisation. `reads_for`
    is the side for which a reviewer reads.
    """

    key: str
    email: str
    full_name: str
    alias: str
    language: str
    organisation: str | None
    role: str
    reads_for: str = ""

    @property
    def is_staff(self) -> bool:
        return self.organisation is None


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """One thing a listing brings or needs: a capability code and the firm's words."""

    capability: str
    text: str
    quantity: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class AmountRecord:
    """A range in major units of an ISO 4217 currency; either end may be open."""

    currency: str
    min: Decimal | None = None
    max: Decimal | None = None

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        ends = {end: Decimal(values[end]) for end in ("min", "max") if values.get(end)}
        return cls(currency=values["currency"], **ends)


@dataclass(frozen=True, slots=True)
class FeasibilityRecord:
    """What has to hold for a pair to work now, in the words of the listing form."""

    meets_online: bool
    neutral_place: bool
    permits: str
    goods_cross: bool
    perishable: str
    start_on: date | None

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        start_on = values.get("start_on")
        day = date.fromisoformat(start_on) if start_on else None
        return cls(**{**values, "start_on": day})


@dataclass(frozen=True, slots=True)
class ListingRecord:
    """One listing as its firm wrote it; `organisation` and `by` are keys."""

    id: str
    organisation: str
    by: str
    kind: str
    title: str
    summary: str
    details: str
    language: str
    sectors: tuple[str, ...]
    brings: tuple[ItemRecord, ...]
    needs: tuple[ItemRecord, ...]
    amount: AmountRecord | None
    stage: str
    place: str
    reach: str
    languages: tuple[str, ...]
    feasibility: FeasibilityRecord
    anonymous: bool

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        amount = values.get("amount")
        items = {
            name: tuple(ItemRecord(**item) for item in values[name])
            for name in ("brings", "needs")
        }
        return cls(
            **_with_tuples(values, "sectors", "languages")
            | items
            | {
                "amount": AmountRecord.from_json(amount) if amount else None,
                "feasibility": FeasibilityRecord.from_json(values["feasibility"]),
            }
        )

    @property
    def public_text(self) -> str:
        """All that readers may see in the firm's own words, one text a line."""
        items = (*self.brings, *self.needs)
        written = [part for i in items for part in (i.text, i.quantity, i.evidence)]
        return "\n".join(
            (self.title, self.summary, self.details, *filter(None, written))
        )


@dataclass(frozen=True, slots=True)
class SectionRecord:
    """A heading with the paragraphs under it."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryRecord:
    """One practical text in one language; the same `key` in each of the three."""

    key: str
    language: str
    title: str
    summary: str
    sections: tuple[SectionRecord, ...]

    @property
    def public_text(self) -> str:
        parts = [(s.heading, *s.paragraphs) for s in self.sections]
        return "\n".join(
            (self.title, self.summary, *(line for p in parts for line in p))
        )


def read_organisations(folder: Path = FOLDER) -> tuple[OrganisationRecord, ...]:
    rows = _read_json(folder / "organisations.json")
    return tuple(OrganisationRecord.from_json(row) for row in rows)


def read_people(folder: Path = FOLDER) -> tuple[PersonRecord, ...]:
    rows = _read_json(folder / "people.json")
    return tuple(PersonRecord(**row) for row in rows)


def read_listings(
    language: str | None = None, folder: Path = FOLDER
) -> tuple[ListingRecord, ...]:
    """The listings of one language, or of all, in the order they were written."""
    lines = listing_lines(language, folder)
    return tuple(ListingRecord.from_json(json.loads(line)) for line in lines)


def listing_lines(
    language: str | None = None, folder: Path = FOLDER
) -> tuple[str, ...]:
    """The same as the lines of JSON they stand in."""
    wanted = (language,) if language else LANGUAGES
    return tuple(
        line
        for code in wanted
        for line in _lines(folder / "listings" / f"{code}.jsonl")
    )


def read_stories(folder: Path = FOLDER) -> tuple[StoryRecord, ...]:
    """Every story in every language, the languages of one story side by side."""
    return tuple(
        StoryRecord(
            key=story["key"],
            language=language,
            title=text["title"],
            summary=text["summary"],
            sections=tuple(
                SectionRecord(s["heading"], tuple(s["paragraphs"]))
                for s in text["sections"]
            ),
        )
        for story in _read_json(folder / "stories.json")
        for language, text in story["texts"].items()
    )


def _lines(path: Path) -> Iterator[str]:
    yield from filter(str.strip, path.read_text(encoding="utf-8").splitlines())


def _read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _with_tuples(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return values | {name: tuple(values[name]) for name in names}
