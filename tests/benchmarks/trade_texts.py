"""Invented trade texts in three scripts, with the word frequencies of real ones.

Words are made of random letters with the particles and endings of their language, so
that the analyser has its usual work; ranks follow Zipf's law. Same seed, same texts.
"""

from bisect import bisect
from itertools import accumulate
from random import Random

VOCABULARY = 8_000
_LETTERS = {
    "en": ("bcdfglmnprst", "aeiou"),
    "he": ("אבגדהזחטכלמנסעפצקרשת", ""),
    "ar": ("ابتجحدرزسشصطعفقكلمن", ""),
}
_BEFORE = {"en": [""], "he": ["", "", "ה", "ו", "ל", "ב"], "ar": ["", "ال", "و", "لل"]}
_AFTER = {"en": ["", "s", "ing", "ed"], "he": ["", "ים", "ות"], "ar": ["", "ات", "ة"]}


class TradeTexts:
    """Sentences on demand, from one random generator."""

    def __init__(self, seed: int = 0) -> None:
        self.random = Random(seed)
        self.words = {language: self._vocabulary(language) for language in _LETTERS}
        self.weights = list(accumulate(1 / rank for rank in range(2, VOCABULARY + 2)))

    def text(self, language: str, least: int, most: int) -> str:
        """A run of so many words of one language."""
        return " ".join(
            self._word(language) for _ in range(self.random.randint(least, most))
        )

    def _word(self, language: str) -> str:
        place = bisect(self.weights, self.random.random() * self.weights[-1])
        stem = self.words[language][min(place, VOCABULARY - 1)]
        before = self.random.choice(_BEFORE[language])
        return f"{before}{stem}{self.random.choice(_AFTER[language])}"

    def _vocabulary(self, language: str) -> list[str]:
        consonants, vowels = _LETTERS[language]
        words: dict[str, None] = {}
        while len(words) < VOCABULARY:
            letters = [
                self.random.choice(consonants)
                + (self.random.choice(vowels) if vowels else "")
                for _ in range(
                    self.random.randint(2, 3) if vowels else self.random.randint(3, 5)
                )
            ]
            words["".join(letters)] = None
        return list(words)
