"""Telephone numbers, in digits, in words, and in both."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .folding import fold

_UNITS = {
    "0": "zero oh אפס צפר صفر زيرو",
    "1": "one אחת אחד واحد واحده وحده",
    "2": "two שתיים שתים שניים שנים اثنان اثنين اتنين تنين اثنتان اثنتين ثنتين",
    "3": "three שלוש שלושה ثلاثه ثلاث تلاته تلات",
    "4": "four ארבע ארבעה اربعه اربع",
    "5": "five חמש חמישה خمسه خمس",
    "6": "six שש שישה سته ست",
    "7": "seven שבע שבעה سبعه سبع",
    "8": "eight שמונה שמנה ثمانيه ثماني ثمان تمانيه تمنيه تمن",
    "9": "nine תשע תשעה تسعه تسع",
}
_TENS = {
    "2": "twenty עשרים عشرين عشرون",
    "3": "thirty שלושים ثلاثين ثلاثون تلاتين",
    "4": "forty ארבעים اربعين اربعون",
    "5": "fifty חמישים خمسين خمسون",
    "6": "sixty שישים ستين ستون",
    "7": "seventy שבעים سبعين سبعون",
    "8": "eighty שמונים ثمانين ثمانون تمانين",
    "9": "ninety תשעים تسعين تسعون",
}
_REPEATED = {"double": 2, "triple": 3, "treble": 3}
_DIGIT = {
    word: digit for digit, words in _UNITS.items() for word in fold(words).text.split()
}
_TEN = {
    word: digit for digit, words in _TENS.items() for word in fold(words).text.split()
}
_SINGLE = frozenset("123456789")
_ROUND = frozenset(f"{digit}0" for digit in _TENS)
_AND = ("ו", "و")

_TOKEN = re.compile(r"\+?\d+|[^\W\d_]+", re.UNICODE)
# What may stand inside one number; a comma only between words.
_GAP = re.compile(r"[ .\-()/]{0,4}")
_GAP_OF_WORDS = re.compile(r"[ .,\-]{0,3}")
_AREA = "[23489]"
_SHAPE = re.compile(
    r"(?:\+|00)\d{9,14}"  # written for abroad
    r"|(?:972|970|962)(?:5\d|7\d)\d{7}|(?:972|970|962)[2-9]\d{7}"
    r"|0(?:5\d|7\d)\d{7}|0" + _AREA + r"\d{7}"
    r"|5\d{8}"  # a mobile without its first zero
)
_LONGEST = 16
_MOST_TOKENS = 16
_SHORT_OF_ZERO = 9


@dataclass(frozen=True, slots=True)
class _Part:
    digits: str
    start: int
    end: int
    in_words: bool


def telephone_spans(text: str) -> Iterator[tuple[int, int]]:
    """Spans of a folded text that read as a number somebody could dial.

    Numbers are those of the region, with or without the code for abroad, or begin
    with + or 00; national plans: ITU-T E.164 lists of +972, +970 and +962.
    """
    for run in _runs(_parts(text), text):
        yield from _in_run(run)


def _parts(text: str) -> list[_Part]:
    """Digits and number words in order; a word that is none of both has no digits."""
    parts: list[_Part] = []
    times = 1
    for match in _TOKEN.finditer(text):
        word = match.group()
        if word in _REPEATED:
            times, began = _REPEATED[word], match.start()
            continue
        is_word = not word.lstrip("+").isdigit()
        digits = _digits_of(word) if is_word else word
        start = match.start() if times == 1 else began
        parts.append(_Part(digits * times, start, match.end(), is_word))
        times = 1
    return list(_joined_tens(parts, text))


def _digits_of(word: str) -> str:
    """The digit a word names; tens end in 0; empty for any other word."""
    for form in (word, word[1:] if word.startswith(_AND) else word):
        if form in _DIGIT:
            return _DIGIT[form]
        if form in _TEN:
            return _TEN[form] + "0"
    return ""


def _joined_tens(parts: list[_Part], text: str) -> Iterator[_Part]:
    """Fifty and two are one part, 52; Arabic says the two first."""
    held: _Part | None = None
    for part in parts:
        joined = held and _as_two_digits(held, part, text)
        if joined:
            yield joined
            held = None
            continue
        if held:
            yield held
        held = part
    if held:
        yield held


def _as_two_digits(first: _Part, second: _Part, text: str) -> _Part | None:
    if not (first.in_words and second.in_words):
        return None
    gap = text[first.end : second.start]
    has_and = text[second.start] in _AND and _digits_of(
        text[second.start + 1 : second.end]
    )
    if first.digits in _ROUND and second.digits in _SINGLE and (gap == "-" or has_and):
        digits = first.digits[0] + second.digits
    elif first.digits in _SINGLE and second.digits in _ROUND and has_and:
        digits = second.digits[0] + first.digits
    else:
        return None
    return _Part(digits, first.start, second.end, in_words=True)


def _runs(parts: list[_Part], text: str) -> Iterator[list[_Part]]:
    """Parts with digits that only signs of a number part from one another."""
    run: list[_Part] = []
    for part in parts:
        if run and not _follows(run[-1], part, text):
            yield run
            run = []
        if part.digits:
            run.append(part)
    if run:
        yield run


def _follows(before: _Part, part: _Part, text: str) -> bool:
    gap = _GAP_OF_WORDS if before.in_words or part.in_words else _GAP
    return bool(part.digits and gap.fullmatch(text, before.end, part.start))


def _in_run(run: list[_Part]) -> Iterator[tuple[int, int]]:
    first = 0
    while first < len(run):
        last = _longest_number(run, first)
        if last is None:
            first += 1
        else:
            yield run[first].start, run[last].end
            first = last + 1


def _longest_number(run: list[_Part], first: int) -> int | None:
    digits, found = "", None
    for place in range(first, min(len(run), first + _MOST_TOKENS)):
        digits += run[place].digits
        if len(digits) > _LONGEST:
            break
        if _SHAPE.fullmatch(digits) and not _is_amount(run[first : place + 1], digits):
            found = place
    return found


def _is_amount(parts: list[_Part], digits: str) -> bool:
    """Nine digits from 5 on, unbroken or in threes with no dash, count something."""
    return (
        len(digits) == _SHORT_OF_ZERO
        and digits[0] == "5"
        and not any(part.in_words for part in parts)
        and all(len(part.digits) in (3, _SHORT_OF_ZERO) for part in parts)
    )
