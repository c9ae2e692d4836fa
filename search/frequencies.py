"""How common terms are, read for one question and written for a batch of listings."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import F

from search.models import Field, IndexStatistics, TermFrequency
from search.vectors import FieldStatistics

_TERM, _SIZE = 0, 1


@dataclass(frozen=True, slots=True)
class Frequencies:
    """The statistics of every field, as far as one question needs them."""

    fields: Mapping[int, FieldStatistics] = field(default_factory=dict)

    def of(self, name: Field) -> FieldStatistics:
        """What is known of a field; an empty one if nothing was indexed in it."""
        return self.fields.get(name, FieldStatistics())


def frequencies_of(keys: Collection[int]) -> Frequencies:
    """Reads df of these keys and the size of every field, in one query."""
    # A question has hundreds of keys. As parameters each costs Django more than it
    # costs the database to look it up.
    numbers = ", ".join([str(int(key)) for key in keys]) or "NULL"
    sql = (
        f"SELECT {_TERM}, field, key, df FROM {TermFrequency._meta.db_table}"  # noqa: S608
        f" WHERE key IN ({numbers}) UNION ALL SELECT {_SIZE}, field, documents,"
        f" total_length FROM {IndexStatistics._meta.db_table}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        rows = cursor.fetchall()
    counts: dict[int, dict[int, int]] = {name: {} for name in Field.values}
    lengths: dict[int, tuple[int, int]] = {}
    for row, name, first, second in rows:
        if row == _TERM:
            counts[name][first] = second
        else:
            lengths[name] = (first, second)
    return Frequencies(
        {name: statistics(*lengths.get(name, (0, 0)), counts[name]) for name in counts}
    )


def statistics(
    documents: int, total_length: int, counts: Mapping[int, int]
) -> FieldStatistics:
    """A field's statistics from its sums."""
    return FieldStatistics(documents, total_length / max(documents, 1), counts)


def _counters() -> dict[int, Counter[int]]:
    return {name: Counter() for name in Field.values}


@dataclass(slots=True)
class Tally:
    """What a batch adds to the counts, and what it takes from them."""

    added: dict[int, Counter[int]] = field(default_factory=_counters)
    taken: dict[int, Counter[int]] = field(default_factory=_counters)
    documents: Counter[int] = field(default_factory=Counter)
    lengths: Counter[int] = field(default_factory=Counter)

    def add(self, name: Field, keys: Iterable[int], length: int, sign: int = 1) -> None:
        """Counts one document's keys in a field; ``sign`` -1 takes them out."""
        (self.added if sign > 0 else self.taken)[name].update(keys)
        if length:
            self.documents[name] += sign
            self.lengths[name] += sign * length

    def differences(self) -> list[tuple[int, int, int]]:
        """Key, field and change of df, ascending, without those that stay."""
        differences = []
        for name in Field.values:
            counts = Counter(self.added[name])
            counts.subtract(self.taken[name])
            differences += [(key, name, df) for key, df in counts.items() if df]
        return sorted(differences)

    def frequencies(self) -> Frequencies:
        """The counts as if they were all there is."""
        return Frequencies(
            {
                name: statistics(
                    self.documents[name], self.lengths[name], self.added[name]
                )
                for name in Field.values
            }
        )


def apply(tally: Tally) -> None:
    """Adds a batch's differences to the stored counts, in ascending order of key."""
    _add_terms(tally.differences())
    for name in Field.values:
        IndexStatistics.objects.filter(field=name).update(
            documents=F("documents") + tally.documents[name],
            total_length=F("total_length") + tally.lengths[name],
        )


def replace_all(tally: Tally) -> None:
    """Puts freshly counted figures in the place of the stored ones."""
    # Without loading each row to tell signals of it, which nobody hears.
    counts = TermFrequency.objects.all()
    counts._raw_delete(counts.db)
    IndexStatistics.objects.update(documents=0, total_length=0)
    apply(tally)


def lock_counts() -> None:
    """Lets one index writer at a time go on, until its transaction ends."""
    IndexStatistics.objects.bulk_create(
        [IndexStatistics(field=name) for name in Field.values], ignore_conflicts=True
    )
    list(IndexStatistics.objects.select_for_update().order_by("field"))


def _add_terms(terms: list[tuple[int, int, int]]) -> None:
    # bulk_create can replace on conflict, not add; both databases know this form.
    table = TermFrequency._meta.db_table
    sql = (
        f"INSERT INTO {table} (key, field, df) VALUES (%s, %s, %s) "  # noqa: S608
        f"ON CONFLICT (key, field) DO UPDATE SET df = {table}.df + excluded.df"
    )
    with connection.cursor() as cursor:
        cursor.executemany(sql, terms)
