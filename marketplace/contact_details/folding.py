"""One plain spelling of a text, with the way back to the letters as written."""

import unicodedata
from dataclasses import dataclass

_FOLD = str.maketrans(
    "ךםןףץ" + "أإآٱىئؤة" + "“”„״‟" + "׳’‘‛" + "‐–—−־" + "،٫٬",
    "כמנפצ" + "ااااييوه" + '"""""' + "''''" + "-----" + ",.,",
)
_DROPPED = ("Mn", "Cf", "Cc")
_TATWEEL = "ـ"


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in lower case with Western digits and no marks.

    ``origin[i]`` is the place in the written text of letter ``i``; one more entry
    closes it, so that a span can end behind the last letter.
    """

    text: str
    origin: tuple[int, ...]

    def written(self, start: int, end: int) -> tuple[int, int]:
        """The span in the written text of ``text[start:end]``; not empty."""
        return self.origin[start], self.origin[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold compatibility forms, digits of all scripts, marks, quotes and dashes."""
    letters: list[str] = []
    origin: list[int] = []
    for place, written in enumerate(text):
        for letter in unicodedata.normalize("NFKC", written).casefold():
            plain = _plain(letter)
            letters.append(plain)
            origin.extend([place] * len(plain))
    return Folded("".join(letters), (*origin, len(text)))


def _plain(letter: str) -> str:
    if letter in "\n\t":
        return " "
    if letter == _TATWEEL or unicodedata.category(letter) in _DROPPED:
        return ""
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    return letter.translate(_FOLD)
