"""The lexicon as a file that staff edit in a spreadsheet and bring back.

Tab-separated, a concept a line, lists apart by semicolons: the form of
`data/lexicon/*.tsv`.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO

from django.db import transaction
from django.utils.text import slugify

from .models import Capability, LexiconEntry, Sector
from .vocabulary import Values

WORDS = ("words_en", "words_he", "words_ar")
LINKS = ("sectors", "capabilities")
COLUMNS = ("concept", *WORDS, *LINKS)
MOST_CONCEPTS = 50_000
LONGEST_CONCEPT = 64


class BadLexicon(Exception):
    """The file is no lexicon at all; the message says why."""


@dataclass(slots=True)
class Imported:
    """What came of an import; ``bad`` are lines by number, each with its reason."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    bad: list[tuple[int, str]] = field(default_factory=list)


def write_lexicon(out: IO[str]) -> int:
    """Writes every concept, in the order of their names; how many there were."""
    lines = csv.writer(out, delimiter="\t", quoting=csv.QUOTE_NONE, escapechar="\\")
    lines.writerow(COLUMNS)
    rows = _stored().values()
    for row in rows:
        lines.writerow([row["concept"], *(";".join(row[name]) for name in COLUMNS[1:])])
    return len(rows)


@transaction.atomic
def read_lexicon(lines: Iterable[str], *, is_dry: bool = False) -> Imported:
    """Creates and changes concepts by a file; what it does not name stays as it is.

    Each concept is saved by itself, so that the listings it touches are looked at anew.
    A bad line is passed over and named. Raises BadLexicon.
    """
    outcome, stored, seen = Imported(), _stored(), set[str]()
    targets = {
        "sectors": dict(Sector.objects.values_list("code", "pk")),
        "capabilities": dict(Capability.objects.values_list("slug", "pk")),
    }
    for number, row in _rows(lines):
        concept = row["concept"]
        reason = (
            "stands here a second time" if concept in seen else _fault(row, targets)
        )
        if reason:
            outcome.bad.append((number, reason))
            continue
        seen.add(concept)
        if stored.get(concept) == row:
            outcome.unchanged += 1
            continue
        if concept in stored:
            outcome.changed += 1
        else:
            outcome.created += 1
        if not is_dry:
            _keep(row, targets)
    return outcome


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, Values]]:
    reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    try:
        missing = set(COLUMNS) - set(reader.fieldnames or ())
        if missing:
            raise BadLexicon(f"the first line lacks {', '.join(sorted(missing))}")
        for number, row in enumerate(reader, 2):
            if number > MOST_CONCEPTS:
                raise BadLexicon(f"more than {MOST_CONCEPTS:,} lines")
            yield (
                number,
                {
                    "concept": (row["concept"] or "").strip(),
                    **{name: _listed(row[name]) for name in WORDS},
                    **{name: sorted(_listed(row[name])) for name in LINKS},
                },
            )
    except (csv.Error, UnicodeDecodeError) as error:
        raise BadLexicon(str(error)) from error


def _fault(row: Values, targets: Mapping[str, Mapping[str, int]]) -> str:
    concept = str(row["concept"])
    if not concept or slugify(concept) != concept or len(concept) > LONGEST_CONCEPT:
        return "the concept has to be small letters, digits and hyphens"
    if not any(row[name] for name in WORDS):
        return f"{concept} has no word"
    for name in LINKS:
        unknown = set(row[name]) - targets[name].keys()
        if unknown:
            return f"{concept}: {name} knows no {min(unknown)}"
    return ""


def _keep(row: Values, targets: Mapping[str, Mapping[str, int]]) -> None:
    entry = LexiconEntry.objects.filter(concept=row["concept"]).first()
    entry = entry or LexiconEntry(concept=row["concept"])
    for name in WORDS:
        setattr(entry, name, row[name])
    entry.save()
    for name in LINKS:
        wanted: Iterable[str] = row[name]
        getattr(entry, name).set(targets[name][code] for code in wanted)


def _stored() -> dict[str, Values]:
    rows = LexiconEntry.objects.order_by("concept").prefetch_related(*LINKS)
    return {
        row.concept: {
            "concept": row.concept,
            **{name: getattr(row, name) for name in WORDS},
            "sectors": sorted(sector.code for sector in row.sectors.all()),
            "capabilities": sorted(kind.slug for kind in row.capabilities.all()),
        }
        for row in rows
    }


def _listed(text: str | None) -> list[str]:
    items = (item.strip() for item in (text or "").split(";"))
    return list(dict.fromkeys(item for item in items if item))
