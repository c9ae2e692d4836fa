"""How a word sounds, in any of three alphabets: the consonants of names and loan words.

`Jamal`, `גמאל` and `جمال` share the key `gml`. Vowels are left out, because Hebrew and
Arabic write some of them; letters that one language renders by either of two in another
are one class (b, p, f, v; s, sh, z). A letter of two sounds gives two keys.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice, product

from .arabic import bare_forms
from .normal import is_arabic

SHORTEST_KEY = 2
LONGEST_KEY = 12
MOST_OF_A_FORM = 4
MOST_OF_A_WORD = 16
_SILENT = ""
_FIRST_VOWEL = "a"
"""Any vowel, or h, at a word's beginning: `Oman` is not `Monaco`."""


def _letters(**classes: str) -> dict[str, tuple[str, ...]]:
    return {
        letter: ("" if key == "silent" else key,)
        for key, letters in classes.items()
        for letter in letters
    }


_LATIN = {
    **_letters(
        silent="aeiouyhw", p="bpfv", g="g", d="d", s="sz", t="t", k="kqc", l="l"
    ),
    **_letters(m="m", n="n", r="r", ks="x"),
    **dict.fromkeys(("sch", "sh", "ts", "tz"), ("s",)),
    **dict.fromkeys(("ch", "ce", "ci", "cy"), ("s", "k")),
    **dict.fromkeys(("gh", "dj"), ("g",)),
    **dict.fromkeys(("ck", "qu"), ("k",)),
    # `innovation` is `אינובציה`, `consortium` `קונסורציום` and `كونسورتيوم`.
    **dict.fromkeys(("tion", "sion"), ("s", "sn")),
    **dict.fromkeys(("tiu", "tia"), ("t", "s")),
    "j": ("g", _SILENT),
    "kh": (_SILENT, "k"),
    "ph": ("p",),
    "th": ("t",),
}
_HEBREW = {
    **_letters(silent="אהוחיע", p="בפ", g="ג", d="ד", s="זסצש", t="טת", k="כק"),
    **_letters(l="ל", m="מ", n="נ", r="ר"),
    "וו": (_SILENT, "p"),
    "טס": ("s",),
}
_ARABIC = {
    **_letters(silent="اهوحيعىء", p="بفپڤ", g="جغ", d="دذض", s="زسشصظچژ", t="تثط"),
    **_letters(k="قك", l="ل", m="م", n="ن", r="ر"),
    "خ": (_SILENT, "k"),
    **dict.fromkeys(("تس", "تش"), ("s",)),
}
_SOUNDS = {**_LATIN, **_HEBREW, **_ARABIC}
_BEGINNINGS = {"ו": (_SILENT, "p")}
_PARTS = re.compile(
    "|".join(sorted((part for part in _SOUNDS if len(part) > 1), key=len)[::-1]) + "|."
)
_DOUBLED = re.compile(r"([a-z])\1+")
# `Norwegian` is norvegit in Hebrew: of a people or a language the ending is no sound.
_OF_A_PEOPLE = re.compile("(?<=[a-z]{3})(?:ian|an|ese|ish|ical|ic)$")
# Before two consonants Arabic writes a vowel that is not there: `استانلي`, Stanley.
_HELPING_VOWEL = re.compile("ا(?=س[بتطكم])")
_PLURAL = "ات"


def sounds_of(forms: Iterable[str]) -> tuple[str, ...]:
    """The keys of an analysed word, any of which may be that of its name.

    None where it holds other letters, or fewer than two consonants; at most sixteen, of
    up to twelve letters a to z.
    """
    return _sounds_of(tuple(forms))


@lru_cache(maxsize=1 << 15)
def _sounds_of(forms: tuple[str, ...]) -> tuple[str, ...]:
    keys = (key for form in _as_names(forms) for key in _keys(form))
    return tuple(islice(dict.fromkeys(keys), MOST_OF_A_WORD))


def _as_names(forms: tuple[str, ...]) -> list[str]:
    """The forms in which a name may stand here, the surface first."""
    word = forms[0]
    if is_arabic(word[0]):
        bare = list(bare_forms(word))
        bare += [one.removesuffix(_PLURAL) for one in bare]
        return bare + [_HELPING_VOWEL.sub("", one, count=1) for one in bare]
    if word.isascii():
        return [word, word.removesuffix("s"), _OF_A_PEOPLE.sub("", word)]
    return list(forms)


def _keys(form: str) -> tuple[str, ...]:
    """The consonants of one form, for each way to sound it."""
    parts = _PARTS.findall(_DOUBLED.sub(r"\1", form))
    choices: list[tuple[str, ...]] = []
    for place, part in enumerate(parts):
        sounds = _SOUNDS.get(part)
        if sounds is None:
            return ()
        if not place:
            at_first = _BEGINNINGS.get(part, sounds)
            sounds = tuple(sound or _FIRST_VOWEL for sound in at_first)
        # English writes one sound by two letters (`Matthew`); others leave out vowels.
        if choices and sounds == choices[-1] and sounds != ("",) and part.isascii():
            continue
        choices.append(sounds)
    ways = islice(map("".join, product(*choices)), MOST_OF_A_FORM)
    keys = (key[:LONGEST_KEY] for key in ways if len(key) >= SHORTEST_KEY)
    return tuple(dict.fromkeys(keys))
