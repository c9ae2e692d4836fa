"""What a listing, or a line in the search box, asks of others.

Everything that is looked for has this one form, whoever looks: words with their
forms, codes, and which text of the others is to answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from search.analysis import analyse, grams_of
from search.documents import ListingDocument, words_of
from search.lexicon import Concept, Lexicon, current_lexicon
from search.vectors import key_of


class Side(StrEnum):
    """Which text of a listing is asked: what it offers, what it seeks, or both."""

    OFFERS = "offers"
    NEEDS = "needs"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Need:
    """Words and codes looked for, and the side that is to answer.

    ``concepts`` are those of a search box line, with the codes they mean; a listing
    has them among its ``codes``.
    """

    words: tuple[tuple[str, ...], ...] = ()
    codes: tuple[str, ...] = ()
    concepts: tuple[Concept, ...] = ()
    side: Side = Side.OFFERS

    @property
    def grams(self) -> list[str]:
        """The letter 3-grams of the words as they were written."""
        return grams_of([forms[0] for forms in self.words])

    def keys(self) -> set[int]:
        """The keys of every term whose frequency the score asks for."""
        forms = (form for forms in self.words for form in forms)
        return {
            key_of(term) for terms in (forms, self.codes, self.grams) for term in terms
        }


def need_in(document: ListingDocument) -> Need:
    """What a document says it seeks."""
    return Need(tuple(words_of(document.need_terms)), document.need_codes)


def offer_in(document: ListingDocument) -> Need:
    """What a document says it brings, as a question to those who seek."""
    words = tuple(words_of(document.offer_terms))
    return Need(words, document.offer_codes, side=Side.NEEDS)


def need_of_text(text: str, lexicon: Lexicon | None = None) -> Need:
    """What a line in the search box asks, of offers and needs alike.

    By the site's lexicon, unless another is given.
    """
    words = analyse(text)
    concepts = (lexicon or current_lexicon()).find(words)
    return Need(tuple(words), _codes_of(concepts), concepts, Side.BOTH)


def _codes_of(concepts: Sequence[Concept]) -> tuple[str, ...]:
    codes = (code for concept in concepts for code in (concept.term, *concept.codes))
    return tuple(dict.fromkeys(codes))
