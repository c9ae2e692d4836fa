"""Listings and mandates of an evaluation as matching reads them, on a scratch index.

Everything here goes the product's way: documents, analysis, codes, concepts, vectors,
frequencies, engine, profiles. Only the rows lie in memory instead of the site's tables.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from marketplace.progress import Progress
from search.analysis import analyse
from search.codes import CAPITAL, capability_term, gate_terms, gates, sector_terms
from search.documents import ListingDocument, terms_of
from search.engines import Engine
from search.engines.embedded.engine import EmbeddedEngine
from search.frequencies import Frequencies, Tally
from search.indexed import row_of, tally_of
from search.matching.features import Need, Profile
from search.matching.interests import Traits, amount_bin, sum_step
from search.matching.profiles import Side, need_for
from search.models import IndexedListing
from search.needs import need_in, offer_in
from search.queries import query_for
from search.vectors import unpack

from .entries import KINDS, Entry, Item
from .vocabulary import Vocabulary

BATCH = 500
NEEDS_KEPT = 600
DOCUMENTS_KEPT = 20_000
TIER = "public"
MANDATE = "mandate"


@dataclass(frozen=True, slots=True)
class Party:
    """A listing or a mandate, ready to be compared."""

    entry: Entry
    profile: Profile
    traits: Traits
    codes: frozenset[str]
    """What it offers by code, without what its words mean."""


class Parties:
    """All parties of an evaluation by id, and the engine that holds the listings."""

    def __init__(self, engine: Engine, vocabulary: Vocabulary) -> None:
        self.engine = engine
        self.vocabulary = vocabulary
        self.frequencies = Frequencies()
        self.by_id: dict[str, Party] = {}
        self.ids: list[str] = []
        # A need weighs about 100 kB, so that only those at work are kept.
        self._need = lru_cache(NEEDS_KEPT)(self._make_need)
        self.documents: dict[str, ListingDocument] = {}

    def __getitem__(self, name: str) -> Party:
        return self.by_id[name]

    def need(self, name: str) -> Need:
        return self._need(name)

    def _make_need(self, name: str) -> Need:
        side = Side(self.by_id[name].profile, row_of(self.document(name)))
        return need_for(side, self.frequencies, self.vocabulary.lexicon)

    def named_for(self, name: str, *, mandates: bool = False) -> list[str]:
        """Whom the engine names: those that offer what it seeks, and the reverse."""
        kinds = (*KINDS, MANDATE) if mandates else KINDS
        document = self.document(name)
        found: dict[str, None] = {}
        for asked in (need_in(document), offer_in(document)):
            query = query_for(asked, self.frequencies, gates=gates([TIER], kinds))
            if not query.is_empty:
                numbers = self.engine.search(query).ids
                found |= dict.fromkeys(self.ids[number] for number in numbers)
        return list(found)

    def document(self, name: str) -> ListingDocument:
        """As it was indexed; made anew where there are too many to keep."""
        if name in self.documents:
            return self.documents[name]
        party = self.by_id[name]
        return _document(party.profile.id, party.entry, self.vocabulary)


@contextmanager
def parties_of(
    entries: Sequence[Entry], vocabulary: Vocabulary, progress: Progress
) -> Iterator[Parties]:
    """Indexes all entries; the index is gone at the end."""
    with TemporaryDirectory(prefix="evaluation-") as folder:
        engine = EmbeddedEngine(PATH=Path(folder) / "engine.sqlite3")
        engine.rebuild([])
        try:
            yield _filled(Parties(engine, vocabulary), entries, progress)
        finally:
            engine.close()


def _filled(parties: Parties, entries: Sequence[Entry], progress: Progress) -> Parties:
    tally = Tally()
    vocabulary = parties.vocabulary
    for start in range(0, len(entries), BATCH):
        batch = list(enumerate(entries[start : start + BATCH], start))
        documents = [_document(number, entry, vocabulary) for number, entry in batch]
        parties.engine.put(documents)
        for document, (number, entry) in zip(documents, batch, strict=True):
            row = row_of(document)
            if not entry.is_mandate:
                tally_of(row, tally)
            parties.by_id[entry.id] = _party(number, entry, row, vocabulary)
            parties.ids.append(entry.id)
            if len(parties.documents) < DOCUMENTS_KEPT:
                parties.documents[entry.id] = document
        progress.tell("read and indexed", len(parties.ids), len(entries))
    parties.frequencies = tally.frequencies()
    return parties


def _document(number: int, entry: Entry, vocabulary: Vocabulary) -> ListingDocument:
    offered, needed = _texts(entry, vocabulary)
    offer_words, need_words = analyse(offered), analyse(needed)
    offer_codes, need_codes = _codes(entry, vocabulary)
    find = vocabulary.lexicon.find
    offer_codes += [concept.term for concept in find(offer_words)]
    need_codes += [concept.term for concept in find(need_words)]
    return ListingDocument(
        id=number,
        version=1,
        kind=entry.kind or "funding",
        side="",
        gates=gate_terms(TIER, entry.kind or MANDATE, ""),
        offer_terms=terms_of(offer_words),
        need_terms=terms_of(need_words),
        offer_codes=tuple(dict.fromkeys(offer_codes)),
        need_codes=tuple(dict.fromkeys(need_codes)),
    )


def _texts(entry: Entry, vocabulary: Vocabulary) -> tuple[str, str]:
    """As `search.documents` does it; a mandate's words say what it seeks and who it is."""
    headline = f"{entry.title}\n{entry.text}"
    if entry.is_mandate:
        return headline, headline
    brings = "\n".join(_words_of(item, vocabulary) for item in entry.brings)
    needs = "\n".join(_words_of(item, vocabulary) for item in entry.needs)
    if entry.kind == "need":
        return brings, f"{headline}\n{needs}"
    return f"{headline}\n{brings}", needs


def _words_of(item: Item, vocabulary: Vocabulary) -> str:
    return "" if item.text in vocabulary.capabilities else item.text


def _codes(entry: Entry, vocabulary: Vocabulary) -> tuple[list[str], list[str]]:
    """As `search.documents` does it; a mandate offers capital and seeks its sectors."""
    sectors = [term for code in entry.sectors for term in sector_terms(code)]
    brings = _capabilities(entry.brings, vocabulary)
    needs = _capabilities(entry.needs, vocabulary)
    if entry.is_mandate or entry.kind == "funding":
        return [CAPITAL, *brings], sectors + needs
    if entry.kind == "need":
        return brings, sectors + needs
    if entry.kind == "investment":
        return sectors + brings, [CAPITAL, *needs]
    return sectors + brings, needs


def _capabilities(items: Sequence[Item], vocabulary: Vocabulary) -> list[str]:
    """Codes named as such, and bare texts that are the code of a kind of help."""
    codes = (
        item.capability or (item.text if item.text in vocabulary.capabilities else "")
        for item in items
    )
    return [capability_term(code) for code in codes if code]


def _party(
    number: int, entry: Entry, row: IndexedListing, vocabulary: Vocabulary
) -> Party:
    amounts = _in_dollars(entry, vocabulary.rates)
    profile = Profile(
        id=number,
        organisation=number,
        kind=row.kind,
        written_in=entry.language,
        need_codes=frozenset(row.need_codes.split()),
        offer_codes=frozenset(row.offer_codes.split()),
        offer_words=unpack(row.offer_words),
        offer_grams=unpack(row.offer_grams),
        offer_length=row.offer_length,
        offer_gram_length=row.offer_gram_length,
        places=frozenset(entry.places),
        stages=frozenset(entry.stages),
        languages=entry.languages,
        amounts=amounts,
    )
    concepts = tuple(
        sorted(
            term
            for term in profile.offer_codes | profile.need_codes
            if term.startswith("con_")
        )
    )
    traits = Traits(
        _sectors(entry) or _sectors_meant(concepts, vocabulary),
        entry.places[0] if len(entry.places) == 1 else "",
        entry.stages[0] if len(entry.stages) == 1 else "",
        amount_bin(amounts),
        concepts,
        sum_step(amounts),
    )
    return Party(entry, profile, traits, profile.offer_codes.difference(concepts))


def _in_dollars(
    entry: Entry, rates: Mapping[str, Decimal]
) -> tuple[float, float] | None:
    """The range in US dollars; None where there is none, or no rate for its currency."""
    if entry.amount is None or not (rate := rates.get(entry.amount.currency)):
        return None
    low, high = entry.amount.low / float(rate), entry.amount.high / float(rate)
    return (low or high, high) if high > 0 else None


def _sectors(entry: Entry) -> tuple[str, ...]:
    terms = {term for code in entry.sectors for term in sector_terms(code)[-3:]}
    return tuple(sorted(terms))


def _sectors_meant(concepts: Sequence[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Where a line names no sector: the sectors that its words stand for."""
    codes = {code for term in concepts for code in vocabulary.codes.get(term, ())}
    terms = {wider for code in codes for wider in sector_terms(code)[-3:]}
    return tuple(sorted(terms))
