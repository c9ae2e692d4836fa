"""Reads the vocabulary of `data/`: tab-separated files, one row a thing, by its key.

The files are ours, but for the names of most countries, which Babel brings from the
CLDR; a name written in `countries.tsv` goes before that.
"""

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

from babel import Locale

DATA = Path(__file__).parent / "data"
# One row by its columns: text, numbers or lists, as its reader below says.
Values = dict[str, Any]


def sectors() -> dict[str, Values]:
    """Sections, divisions, groups and classes, the wider before the narrower."""
    return {
        code: {"parent_id": row.pop("parent") or None, **row}
        for code, row in _rows("sectors.tsv", "code").items()
    }


def capabilities() -> dict[str, Values]:
    """The kinds of help, in the order of the value chain."""
    return _rows("capabilities.tsv", "slug")


def countries() -> dict[str, Values]:
    """Every country of ISO 3166-1."""
    named = {language: Locale(language).territories for language in ("en", "he", "ar")}
    rows = _rows("countries.tsv", "code")
    for code, row in rows.items():
        for language, names in named.items():
            row[f"name_{language}"] = row[f"name_{language}"] or names[code]
    return rows


def places() -> dict[str, Values]:
    """Districts with the degrees of their centres."""
    return {
        slug: {
            "country_id": row.pop("country") or None,
            "latitude": float(row.pop("latitude")),
            "longitude": float(row.pop("longitude")),
            **row,
        }
        for slug, row in _rows("places.tsv", "slug").items()
    }


def lexicon() -> dict[str, Values]:
    """Concepts, each with lists of words, of sector codes and of capability slugs."""
    return {
        concept: {
            "words_en": _listed(row["words_en"]),
            "words_he": _listed(row["words_he"]),
            "words_ar": _listed(row["words_ar"]),
            "sectors": sorted(_listed(row["sectors"])),
            "capabilities": sorted(_listed(row["capabilities"])),
        }
        for concept, row in _lexicon_rows().items()
    }


def _lexicon_rows() -> dict[str, Values]:
    """The files of `data/lexicon/`, one a theme, a concept in one of them alone."""
    found: dict[str, Values] = {}
    for path in sorted((DATA / "lexicon").glob("*.tsv")):
        rows = _rows(f"lexicon/{path.name}", "concept")
        if twice := found.keys() & rows.keys():
            raise ValueError(f"{path.name}: {min(twice)} is there twice")
        found |= rows
    return found


def exchange_rates() -> list[tuple[str, Decimal, str]]:
    """Currency, units of it for one US dollar, and the day, as written."""
    rows = _rows("exchange_rates.tsv", "currency")
    return [(code, Decimal(row["per_usd"]), row["on"]) for code, row in rows.items()]


def _rows(filename: str, key: str) -> dict[str, Values]:
    """The rows of a file by their key. Raises `ValueError` for a key met twice."""
    found: dict[str, Values] = {}
    with (DATA / filename).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            name = row.pop(key)
            if name in found:
                raise ValueError(f"{filename}: {name} is there twice")
            found[name] = row
    return found


def _listed(text: str) -> list[str]:
    return [item.strip() for item in text.split(";") if item.strip()]
