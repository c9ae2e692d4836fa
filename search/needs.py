"""What a listing, or a line in the search box, asks of others.

Everything that is looked for has this one form, whoever looks: words with their
forms, codes, and which text of the others is to answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from search.analysis import analyse, grams_of, without_asking
from search.codes import matched_codes
from search.documents import ListingDocument, words_of
from search.lexicon import Lexicon, Meanings, current_lexicon
from search.names import sound_terms
from search.vectors import key_of


class Side(StrEnum):
    """Which text of a listing is asked: what it offers, what it seeks, or both."""

    OFFERS = "offers"
    NEEDS = "needs"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Need:
    """Words and codes looked for, and the side that is to answer.

    ``meanings`` are what the words of a search box line may stand for, word by word,
    with the codes that these concepts mean; a listing has them among its ``codes``.
    ``sounds`` are, word by word, the terms of what may be a name; a listing has them there too.
    ``alone`` are the terms of the concepts each of ``words`` may stand for by itself.
    """

    words: tuple[tuple[str, ...], ...] = ()
    codes: tuple[str, ...] = ()
    meanings: tuple[Meanings, ...] = ()
    sounds: tuple[tuple[str, ...], ...] = ()
    alone: tuple[frozenset[str], ...] = ()
    side: Side = Side.OFFERS

    @property
    def all_codes(self) -> tuple[str, ...]:
        """The codes asked for, sounds among them."""
        return tuple(dict.fromkeys(chain(self.codes, *self.sounds)))

    @property
    def grams(self) -> list[str]:
        """The letter 3-grams of the words as they were written."""
        return grams_of([forms[0] for forms in self.words])

    def keys(self) -> set[int]:
        """The keys of every term whose frequency the score asks for."""
        forms = (form for forms in self.words for form in forms)
        return {
            key_of(term)
            for terms in (forms, self.all_codes, self.grams)
            for term in terms
        }


def need_in(document: ListingDocument) -> Need:
    """What a document says it seeks."""
    return Need(
        tuple(words_of(document.need_terms)), matched_codes(document.need_codes)
    )


def offer_in(document: ListingDocument) -> Need:
    """What a document says it brings, as a question to those who seek."""
    words = tuple(words_of(document.offer_terms))
    return Need(words, matched_codes(document.offer_codes), side=Side.NEEDS)


def need_of_text(text: str, lexicon: Lexicon | None = None) -> Need:
    """What a line in the search box asks, of offers and needs alike.

    By the site's lexicon, unless another is given.
    """
    words = analyse(text)
    lexicon = lexicon or current_lexicon()
    meanings, unknown = lexicon.read(words)
    telling, sounds = tuple(without_asking(words)), sound_terms(unknown)
    alone = tuple(
        frozenset(concept.term for concept in lexicon.find([word])) for word in telling
    )
    return Need(telling, _codes_of(meanings), meanings, sounds, alone, Side.BOTH)


def _codes_of(meanings: Iterable[Meanings]) -> tuple[str, ...]:
    concepts = chain.from_iterable(meanings)
    codes = (code for concept in concepts for code in (concept.term, *concept.codes))
    return tuple(dict.fromkeys(codes))
