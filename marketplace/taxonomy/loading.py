"""Brings the vocabulary of `data/` into the database: `load_taxonomy()`.

Safe to repeat. What staff changed stays: each row remembers its values as they were
last loaded (`loaded`), and a value that differs from that memory is theirs. Rows that
staff added are left alone; a row they deleted comes back.
"""

from collections import defaultdict

from django.db import models, transaction

from . import vocabulary
from .models import Capability, Country, ExchangeRate, LexiconEntry, Place, Sector
from .vocabulary import Values

# What a lexicon entry points at, and the key by which the file names it.
LINKS: dict[str, tuple[type[models.Model], str]] = {
    "sectors": (Sector, "code"),
    "capabilities": (Capability, "slug"),
}


@transaction.atomic
def load_taxonomy() -> dict[str, int]:
    """Brings the vocabulary up to date; answers how many rows of each kind it wrote."""
    return {
        "countries": _load(Country, "code", vocabulary.countries()),
        "places": _load(Place, "slug", vocabulary.places()),
        "sectors": _load(Sector, "code", vocabulary.sectors()),
        "capabilities": _load(Capability, "slug", vocabulary.capabilities()),
        "lexicon": _load_lexicon(vocabulary.lexicon()),
        "rates": _load_rates(),
    }


def _load(model: type[models.Model], key: str, rows: dict[str, Values]) -> int:
    stored = {row[key]: row for row in model._default_manager.values()}
    return _write(model, key, _due(stored, rows), rows)


def _due(stored: dict[str, Values], rows: dict[str, Values]) -> dict[str, Values]:
    """What must be written: rows not yet there, and rows the files have since changed.

    In the latter, what staff changed keeps their value.
    """
    due = {}
    for name, fresh in rows.items():
        present = stored.get(name)
        if present is None:
            due[name] = fresh
        elif present["loaded"] != fresh:
            loaded = present["loaded"]
            due[name] = {
                field: value if present[field] == loaded.get(field) else present[field]
                for field, value in fresh.items()
            }
    return due


def _write(
    model: type[models.Model],
    key: str,
    due: dict[str, Values],
    rows: dict[str, Values],
) -> int:
    """Upserts, so that two loads at the same moment end in one row."""
    columns = {field.attname for field in model._meta.concrete_fields}
    written = [
        model(
            **{key: name},
            **{field: value for field, value in values.items() if field in columns},
            loaded=rows[name],
        )
        for name, values in due.items()
    ]
    fields = columns - {key, model._meta.pk.attname}
    model._default_manager.bulk_create(
        written,
        update_conflicts=True,
        unique_fields=[key],
        update_fields=[model._meta.get_field(field).name for field in fields],
    )
    return len(written)


def _load_lexicon(rows: dict[str, Values]) -> int:
    """As `_load`, where the codes an entry means count as values of it."""
    stored: dict[str, Values] = {
        row["concept"]: dict(row) for row in LexiconEntry.objects.values()
    }
    for field, (_target, key) in LINKS.items():
        linked = _linked(field, key)
        for concept, row in stored.items():
            row[field] = sorted(linked[concept])
    due = _due(stored, rows)
    written = _write(LexiconEntry, "concept", due, rows)
    for field, (target, key) in LINKS.items():
        targets = dict(target._default_manager.values_list(key, "pk"))
        _link(field, targets, {name: values[field] for name, values in due.items()})
    return written


def _linked(field: str, key: str) -> dict[str, list[str]]:
    """The codes each concept means at present."""
    linked: dict[str, list[str]] = defaultdict(list)
    pairs = LexiconEntry.objects.exclude(**{field: None})
    for concept, code in pairs.values_list("concept", f"{field}__{key}"):
        linked[concept].append(code)
    return linked


def _link(field: str, targets: dict[str, int], codes: dict[str, list[str]]) -> None:
    """Ties concepts to exactly these codes. Raises `KeyError` for an unknown code."""
    through = getattr(LexiconEntry, field).through
    column = getattr(LexiconEntry, field).field.m2m_reverse_name()
    entries = dict(
        LexiconEntry.objects.filter(concept__in=codes).values_list("concept", "pk")
    )
    through.objects.filter(lexiconentry__in=entries.values()).delete()
    through.objects.bulk_create(
        through(**{"lexiconentry_id": entries[concept], column: targets[code]})
        for concept, wanted in codes.items()
        for code in wanted
    )


def _load_rates() -> int:
    """Starting rates, for currencies without any: the day's are put in by staff."""
    known = set(ExchangeRate.objects.values_list("currency", flat=True))
    rates = [
        ExchangeRate(currency=currency, per_usd=per_usd, on=on)
        for currency, per_usd, on in vocabulary.exchange_rates()
        if currency not in known
    ]
    return len(ExchangeRate.objects.bulk_create(rates, ignore_conflicts=True))
