"""The question as every engine gets it, cut to what its postings cost."""

from collections.abc import Iterable
from dataclasses import dataclass

from search.codes import is_section, is_sound
from search.frequencies import Frequencies, frequencies_of
from search.models import Field
from search.names import RARE
from search.needs import Need, Side, need_of_text
from search.vectors import key_of

LIMIT = 300
LIMIT_OF_MANY = 500
MANY_LISTINGS = 50_000
LEAST_BUDGET = 10_000
LEAST_TERMS = 3
_FIELDS = {
    Side.OFFERS: ((Field.OFFER_WORDS,), (Field.OFFER_CODES,)),
    Side.NEEDS: ((Field.NEED_WORDS,), (Field.NEED_CODES,)),
    Side.BOTH: (
        (Field.OFFER_WORDS, Field.NEED_WORDS),
        (Field.OFFER_CODES, Field.NEED_CODES),
    ),
}
_Term = tuple[int, bool, str]  # what it costs, whether it is a code, and the term


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
    """The engine's question for a need: its rarest words, within the postings budget.

    Each word is asked for by one of its forms, the commonest that can be afforded: it
    stands wherever the word as written does, and weighs what the exact score gives the
    word. A question of one word asks for all its forms, which alone tell its texts
    apart. Reads the frequencies of words and codes (one query) unless they are given.
    """
    word_fields, _ = _FIELDS[need.side]
    codes = {code for code in need.all_codes if not is_section(code)}
    if frequencies is None:
        forms = {form for forms in need.words for form in forms}
        frequencies = frequencies_of(set(map(key_of, forms | codes)))
    words = [
        _costs(forms, need.side, frequencies, is_code=False)
        for forms in dict.fromkeys(need.words)
    ]
    words = [forms for forms in words if forms]
    if len(words) == 1:
        words = [[form] for form in words[0]]
    asked = (_costs([code], need.side, frequencies, is_code=True) for code in codes)
    words += [costs for costs in asked if not any(map(_is_common_sound, costs))]
    listings = max(frequencies.of(name).documents for name in word_fields)
    affordable = _affordable(words, max(LEAST_BUDGET, listings // 2))
    return Query(
        terms=tuple(term for _, is_code, term in affordable if not is_code),
        codes=tuple(term for _, is_code, term in affordable if is_code),
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


def _costs(
    terms: Iterable[str], side: Side, frequencies: Frequencies, *, is_code: bool
) -> list[_Term]:
    """The forms of one word, or one code, that stand anywhere; the commonest first."""
    fields = [frequencies.of(name).frequencies for name in _FIELDS[side][is_code]]
    costs = set()
    for term in terms:
        key = key_of(term)
        if cost := sum([counts.get(key, 0) for counts in fields]):
            costs.add((cost, is_code, term))
    return sorted(costs, reverse=True)


def _is_common_sound(code: _Term) -> bool:
    """It stands in so many texts that it is hardly a name's, and names none of them."""
    return code[0] > RARE and is_sound(code[2])


def _affordable(words: list[list[_Term]], budget: int) -> list[_Term]:
    """One form of each word, the rarest words first; a few whatever they cost."""
    chosen: set[_Term] = set()
    for forms in sorted(filter(None, words)):
        within = [form for form in forms if form[0] <= budget]
        if not within and len(chosen) < LEAST_TERMS:
            within = forms[-1:]
        for form in within[:1]:
            if form not in chosen:
                chosen.add(form)
                budget -= form[0]
    return sorted(chosen)
