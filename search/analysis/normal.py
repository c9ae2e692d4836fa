"""From raw text to surface words: folding, quotes, numbers, tokens.

The order of the steps is part of the rule; ``VERSION`` guards it.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

LONGEST_TERM = 40
_PIECE = 512
HEBREW_FIRST, HEBREW_LAST = "\u05d0", "\u05f2"

# Combining Latin marks, Hebrew points, Arabic marks, tatweel, invisible controls.
# Deleting U+0654 and U+0653 after NFKD also folds the hamza and madda carriers.
_MARK_RANGES = (
    (0x0300, 0x036F),
    (0x0591, 0x05BD),
    (0x05BF, 0x05BF),
    (0x05C1, 0x05C2),
    (0x05C4, 0x05C5),
    (0x05C7, 0x05C7),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06DC),
    (0x06DF, 0x06E4),
    (0x06E7, 0x06E8),
    (0x06EA, 0x06ED),
    (0x0640, 0x0640),
    (0x00AD, 0x00AD),
    (0x061C, 0x061C),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x2069),
    (0xFEFF, 0xFEFF),
)
# Letters that SQLite 3.40 takes for separators: it would split a term at them.
_SPLIT_BY_SQLITE = ((0x19B0, 0x19C9), (0x1CF2, 0x1CF3))
_DASHES = (0x05BE, 0x05C0, 0x05C3, *range(0x2010, 0x2016), 0x2212)


def _span(ranges: tuple[tuple[int, int], ...]) -> list[int]:
    return [code for low, high in ranges for code in range(low, high + 1)]


_DELETE = dict.fromkeys(_span(_MARK_RANGES))
_FOLD_DASHES = dict.fromkeys((*_DASHES, *_span(_SPLIT_BY_SQLITE)), " ")
_AFTER_LOWER = {**_DELETE, **_FOLD_DASHES, ord("ς"): "σ"}
_FOLD_LETTERS = str.maketrans(
    "ךםןףץ" + "ٱ" + "ىیې" + "ةہەھ" + "کگ" + "٠١٢٣٤٥٦٧٨٩" + "۰۱۲۳۴۵۶۷۸۹" + "٫٬" + "_",
    "כמנפצ" + "ا" + "ييي" + "هههه" + "كك" + "0123456789" + "0123456789" + ".," + " ",
)


def _any_of(codes: Iterable[int]) -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(re.escape, map(chr, codes)))}]")


_TO_DELETE, _TO_FOLD_AFTER_LOWER = _any_of(_DELETE), _any_of(_AFTER_LOWER)
_APOSTROPHES = "'`‘’‛′ʹʻʼʾʿ׳"
_QUOTES = _APOSTROPHES + '"“”„‟״'
_HEBREW = r"\u05d0-\u05ea\u05ef-\u05f2"
_ARABIC = (
    r"\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06e5\u06e6\u06ee"
    r"\u06ef\u06fa-\u06fc\u06ff\u0750-\u077f\u0870-\u0887\u0889-\u088e\u08a0-\u08c9"
)
_QUOTED_HEBREW = re.compile(rf"(?<=[{_HEBREW}])[{_QUOTES}]{{1,2}}(?=[{_HEBREW}])")
_POSSESSIVE = re.compile(rf"(?<=[^\W_])[{_APOSTROPHES}]s(?![^\W_])")
_WITHOUT_APOSTROPHES = {**_FOLD_LETTERS, **dict.fromkeys(map(ord, _APOSTROPHES))}
_THOUSANDS = re.compile(r"(?<![0-9])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])")
_DECIMAL = re.compile(r"(?<=[0-9])\.(?=[0-9])")
_TOKEN = re.compile(rf"[{_HEBREW}]+|[{_ARABIC}]+|[^\W{_HEBREW}{_ARABIC}]+")
_ARABIC_LETTER = re.compile(rf"[{_ARABIC}]")


def is_arabic(letter: str) -> bool:
    """Whether one character is a letter of the Arabic script."""
    return _ARABIC_LETTER.match(letter) is not None


def normalise(text: str) -> str:
    """The text in the one spelling that documents and queries share."""
    text = _translated(_decompose(text), _DELETE, _TO_DELETE)
    text = _translated(text.lower(), _AFTER_LOWER, _TO_FOLD_AFTER_LOWER)
    text = _QUOTED_HEBREW.sub("", text)
    text = _POSSESSIVE.sub("", text).translate(_WITHOUT_APOSTROPHES)
    text = _THOUSANDS.sub(lambda number: number.group().replace(",", ""), text)
    return _DECIMAL.sub("_", text)


def _translated(
    text: str, table: Mapping[int, str | None], present: re.Pattern[str]
) -> str:
    # A look for any of the letters costs a fifth of a translation that changes nothing.
    return text.translate(table) if present.search(text) else text


def _decompose(text: str) -> str:
    # NFKD sorts runs of marks in quadratic time; in pieces it stays linear. Only the
    # order of marks can differ at a cut, and no mark survives into a word.
    if len(text) <= _PIECE:
        return unicodedata.normalize("NFKD", text)
    return "".join(
        unicodedata.normalize("NFKD", text[start : start + _PIECE])
        for start in range(0, len(text), _PIECE)
    )


def surfaces(text: str) -> list[str]:
    """The surface words of a text in order, at most 40 characters each."""
    return [
        token if len(token) <= LONGEST_TERM else token[:LONGEST_TERM].rstrip("_")
        for token in _TOKEN.findall(normalise(text))
    ]
