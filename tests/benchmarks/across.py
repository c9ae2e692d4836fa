"""How often a text in one language finds the same one in another, by what.

    python tests/benchmarks/across.py [--set messages] [--half 0]

The sets: our own sentences of ``tests/search/data/trilingual.tsv``; and what nobody here
wrote: messages of installed packages (gettext catalogues of Python packages and those
below /usr/share/locale) of four telling words or more, and the names of places, money and
languages in Unicode's CLDR, as Babel has them, each to be found in one of those sentences.
Each of six directions is asked by the site's own search, with the lexicon and the sounds of
names, with one of them and with neither. See README.md.
"""

from __future__ import annotations

import csv
import gettext
import os
import re
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from search.lexicon import Lexicon

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]
SENTENCES = ROOT / "tests" / "search" / "data" / "trilingual.tsv"
LANGUAGES = ("en", "he", "ar")
SCRIPTS = tuple(map(re.compile, ("[a-z]", "[א-ת]", "[ء-ي]")))
SPELLINGS = {"he": ("he", "he_IL"), "ar": ("ar",)}
SYSTEM = Path("/usr/share/locale")
LEAST_WORDS = 4
_NO_WORDS = re.compile(
    r"<[^>]*>|%\([^)]*\)[-+ #0-9.]*[a-z]|%[-+ #0-9.]*[a-z]|\{[^}]*\}|&[a-z]+;|https?:\S+"
)
_MARKS = re.compile(r"[_&](?=\w)")


class Case(NamedTuple):
    """A text in three languages: what is asked, and what it is to be found in."""

    asked: tuple[str, str, str]
    answered: tuple[str, str, str]


class Figures(NamedTuple):
    """Shares of the questions, and the mean reciprocal rank among the first ten."""

    first: float
    ten: float
    mrr: float


def main() -> None:
    parser = ArgumentParser()
    parser.add_argument("--set", choices=sorted(SETS), action="append")
    parser.add_argument("--half", type=int, choices=(0, 1))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["VAR_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"

        import django

        django.setup()
        for name in options.set or SETS:
            cases = [*SETS[name]()]
            if options.half is not None:
                cases = cases[options.half :: 2]
            show(name, cases)


def messages() -> Iterator[Case]:
    """What is translated into both languages, without placeholders and markup."""
    known = {language: _translations(language) for language in SPELLINGS}
    seen: set[str] = set()
    for english in sorted(known["he"].keys() & known["ar"].keys()):
        texts = tuple(
            map(_plain, (english, known["he"][english], known["ar"][english]))
        )
        if texts[0].lower() in seen or not all(map(_tells, texts, SCRIPTS)):
            continue
        seen.add(texts[0].lower())
        yield Case(texts, texts)


def places() -> Iterator[Case]:
    """Countries and towns."""
    from babel import Locale

    locales = [Locale.parse(language) for language in LANGUAGES]
    names = [dict(locale.territories) for locale in locales]
    for locale, known in zip(locales, names, strict=True):
        known |= {
            zone: data["city"]
            for zone, data in locale.time_zones.items()
            if "city" in data
        }
    for zone in names[1]:
        names[0].setdefault(zone, zone.rpartition("/")[2].replace("_", " "))
    yield from _named(names)


def things() -> Iterator[Case]:
    """Currencies and languages."""
    from babel import Locale

    locales = [Locale.parse(language) for language in LANGUAGES]
    yield from _named([{**one.currencies, **one.languages} for one in locales])


def _named(names: Sequence[dict[str, str]]) -> Iterator[Case]:
    rows = sentences()
    seen: set[str] = set()
    codes = sorted(set.intersection(*map(set, names)))
    for number, code in enumerate(codes):
        own = tuple(known[code] for known in names)
        if own[0] in seen or any(re.search("[A-Za-z0-9]", text) for text in own[1:]):
            continue
        seen.add(own[0])
        said = rows[number % len(rows)]
        told = tuple(f"{text} {name}" for text, name in zip(said, own, strict=True))
        yield Case(own, told)


def trade() -> Iterator[Case]:
    """Our own sentences about business, of which the lexicon knows nearly every word."""
    for row in sentences():
        yield Case(row, row)


SETS = {"trade": trade, "messages": messages, "places": places, "things": things}


def sentences() -> list[tuple[str, ...]]:
    with SENTENCES.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [tuple(row[language] for language in LANGUAGES) for row in rows]


def _translations(language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in _catalogues(language):
        with path.open("rb") as file:
            catalogue = gettext.GNUTranslations(file)
        for key, text in catalogue._catalog.items():
            # Of plural forms the first: they differ in a number.
            english = key[0] if isinstance(key, tuple) else key
            english = english.rpartition("\x04")[2]
            if english and text:
                found.setdefault(english, text)
    return found


def _catalogues(language: str) -> list[Path]:
    import django

    packages = Path(django.__file__).parents[1]
    return [
        path
        for spelling in SPELLINGS[language]
        for path in (
            *sorted(packages.glob(f"**/locale/{spelling}/LC_MESSAGES/*.mo")),
            *sorted((SYSTEM / spelling / "LC_MESSAGES").glob("*.mo")),
        )
        if not path.name.startswith("iso_")
    ]


def _plain(text: str) -> str:
    return " ".join(_MARKS.sub("", _NO_WORDS.sub(" ", text)).split())


def _tells(text: str, script: re.Pattern[str]) -> bool:
    from search.analysis import surfaces
    from search.analysis.little import LITTLE

    words = [one for one in surfaces(text) if one not in LITTLE and script.match(one)]
    return len(words) >= LEAST_WORDS


def show(name: str, cases: Sequence[Case]) -> None:
    from search.lexicon import Lexicon

    print(f"{name}: {len(cases)} texts")
    whole, nothing = lexicon(), Lexicon(())
    for title, known, is_heard in (
        ("lexicon and sounds", whole, True),
        ("lexicon alone", whole, False),
        ("sounds alone", nothing, True),
        ("neither", nothing, False),
    ):
        print(f"  {title}")
        for asked, answered in permutations(range(len(LANGUAGES)), 2):
            with sounds(is_heard):
                figures = measured(cases, asked, answered, known)
            pair = f"{LANGUAGES[asked]} → {LANGUAGES[answered]}"
            print(
                f"    {pair}  recall@1 {figures.first:.3f}  "
                f"recall@10 {figures.ten:.3f}  MRR {figures.mrr:.3f}",
                flush=True,
            )


def lexicon() -> Lexicon:
    from marketplace.taxonomy import vocabulary
    from search.lexicon import lexicon_in

    return lexicon_in(vocabulary.lexicon(), vocabulary.capabilities())


@contextmanager
def sounds(is_heard: bool) -> Iterator[None]:
    """Whether documents and questions have the sounds of names, within this block."""
    from search import documents, needs

    usual = needs.sound_terms
    if not is_heard:
        needs.sound_terms = documents.sound_terms = lambda words: ()
    try:
        yield
    finally:
        needs.sound_terms = documents.sound_terms = usual


def measured(
    cases: Sequence[Case], asked: int, answered: int, lexicon: Lexicon
) -> Figures:
    from search.evaluation.scratch import scratch_index

    ranks = []
    with scratch_index(lexicon) as index:
        index.fill([case.answered[answered] for case in cases])
        for number, case in enumerate(cases):
            ids = index.search(case.asked[asked]).ids[:10]
            ranks.append(ids.index(number) + 1 if number in ids else 0)
    return Figures(
        sum(rank == 1 for rank in ranks) / len(ranks),
        sum(rank > 0 for rank in ranks) / len(ranks),
        sum(1 / rank for rank in ranks if rank) / len(ranks),
    )


if __name__ == "__main__":
    main()
