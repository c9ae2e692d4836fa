"""The question as every engine gets it, cut to what its postings cost."""

from dataclasses import dataclass

from search.codes import is_section
from search.frequencies import Frequencies, frequencies_of
from search.models import Field
from search.needs import Need, Side, need_of_text
from search.vectors import key_of

LIMIT = 300
LIMIT_OF_MANY = 500
MANY_LISTINGS = 50_000
LEAST_BUDGET = 20_000
LEAST_TERMS = 3
_FIELDS = {
    Side.OFFERS: ((Field.OFFER_WORDS,), (Field.OFFER_CODES,)),
    Side.NEEDS: ((Field.NEED_WORDS,), (Field.NEED_CODES,)),
    Side.BOTH: (
        (Field.OFFER_WORDS, Field.NEED_WORDS),
        (Field.OFFER_CODES, Field.NEED_CODES),
    ),
}


@dataclass(frozen=True, slots=True)
class Query:
    """What an engine is asked, built once for all engines.

    ``terms`` and ``codes`` are OR-ed. ``gates`` are OR-ed too and must hold; none means
    any. All are terms in the sense of ``search.analysis`` or of ``search.codes``.
    """

    terms: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    side: Side = Side.OFFERS
    limit: int = LIMIT

    @property
    def is_empty(self) -> bool:
        return not (self.terms or self.codes)


def query_for(
    need: Need,
    frequencies: Frequencies | None = None,
    *,
    gates: tuple[str, ...] = (),
) -> Query:
    """The engine's question for a need: its rarest terms, within the postings budget.

    Reads the frequencies of words and codes (one query) unless they are given.
    """
    word_fields, _ = _FIELDS[need.side]
    words = {form for forms in need.words for form in forms}
    codes = {code for code in need.codes if not is_section(code)}
    frequencies = frequencies or frequencies_of({key_of(t) for t in words | codes})
    costs = sorted(
        (cost, is_code, term)
        for is_code, terms in ((False, words), (True, codes))
        for term in terms
        if (cost := cost_of(term, need.side, frequencies, is_code=is_code))
    )
    listings = max(frequencies.of(name).documents for name in word_fields)
    affordable = _affordable(costs, max(LEAST_BUDGET, listings // 2))
    return Query(
        terms=tuple(term for is_code, term in affordable if not is_code),
        codes=tuple(term for is_code, term in affordable if is_code),
        gates=gates,
        side=need.side,
        limit=LIMIT if listings <= MANY_LISTINGS else LIMIT_OF_MANY,
    )


def cost_of(
    term: str, side: Side, frequencies: Frequencies, *, is_code: bool = False
) -> int:
    """In how many texts of this side a term stands: the rows an engine must look at."""
    key = key_of(term)
    return sum(frequencies.of(name).df(key) for name in _FIELDS[side][is_code])


def query_of(text: str) -> Query:
    """The engine's question for a line in the search box."""
    return query_for(need_of_text(text))


def _affordable(
    costs: list[tuple[int, bool, str]], budget: int
) -> list[tuple[bool, str]]:
    chosen: list[tuple[bool, str]] = []
    for cost, is_code, term in costs:
        if cost > budget and len(chosen) >= LEAST_TERMS:
            break
        budget -= cost
        chosen.append((is_code, term))
    return chosen
