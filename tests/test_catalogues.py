"""Every text of the site is there in Hebrew and Arabic, and is a translation."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from babel.messages.extract import extract_python
from django.conf import settings
from django.utils.translation.template import templatize

from cms.catalogues import catalogues_in

BASE = Path(settings.BASE_DIR)
CATALOGUES = catalogues_in(BASE)
LANGUAGES = ("he", "ar")
ROOMS = {
    *(BASE / app for app in ("cms", "search", "payments")),
    *(path.parent for path in (BASE / "marketplace").glob("*/apps.py")),
}
PLURALS = {"he": 4, "ar": 6}
# Names and signs that are written alike in every language.
WRITTEN_ALIKE = {"Stripe", "Wagtail", "SANDBOX", "ISIC", "IBAN"}
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_]*\}|<[^>]+>|&\w+;")
LETTERS = re.compile(r"[A-Za-z]{2,}")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
Message = tuple[str, str]  # context, words


def _named(path: Path) -> str:
    return str(path.relative_to(BASE))


def _words(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\([a-z_]+\)[sd]", text))


@pytest.mark.parametrize("path", CATALOGUES, ids=_named)
def test_no_text_is_empty_doubtful_or_left_in_english(path):
    language = path.parts[-3]
    faults = []
    for entry in polib.pofile(str(path)):
        if entry.obsolete:
            continue
        words = _words(entry)
        if entry.fuzzy:
            faults.append(f"fuzzy: {entry.msgid}")
        if not all(word.strip() for word in words):
            faults.append(f"empty: {entry.msgid}")
        if entry.msgid_plural and len(words) != PLURALS[language]:
            faults.append(f"{len(words)} plural forms: {entry.msgid}")
        bare = PLACEHOLDER.sub("", entry.msgid)
        repeats = entry.msgid in words and LETTERS.search(bare)
        if repeats and entry.msgid not in WRITTEN_ALIKE:
            faults.append(f"repeats English: {entry.msgid}")

    assert faults == []


@pytest.mark.parametrize("path", CATALOGUES, ids=_named)
def test_translations_fill_in_nothing_that_is_not_given(path):
    faults = []
    for entry in polib.pofile(str(path)):
        given = _placeholders(entry.msgid + entry.msgid_plural)
        for words in _words(entry):
            missing = given - _placeholders(words)
            # "one day ago" and "two days ago" may be words without a number.
            if _placeholders(words) - given or (missing and not entry.msgid_plural):
                faults.append(f"{entry.msgid} → {words}")

    assert faults == []


# Words that a reader met before the rooms agreed on one each; CONTRIBUTING.md has those.
SET_ASIDE = {
    "he": r"קולגה|מחוז|עמלות שלכם|עמלות$|(?:זהות|השם) חתומ?ה?$|דואר אלקטרוני",
    "ar": r"التوفيق|مختوم|الاسم القانوني|شخص اتصال|الجانب ال|فعّالًا|المحافظة|البنك|بنكي",
}
# A reader is a firm, a woman or a man: texts speak to all of them, in the plural.
ADDRESSES_ONE = {
    "he": r"(?<![\u0590-\u05ff])(?:אני|אתה|שלך|לך|אותך|עליך|תוכל|הקלד)(?![\u0590-\u05ff])",
    "ar": r"(?<![\u0600-\u06ff])[وفل]?(?:يمكنك|لديك|أنت|أنك|لأنك|اسمك|إليك|عنك|لك"
    r"|إعلانك|إعلاناتك|مؤسستك|حسابك|طلبك|صفحتك|بريدك|هاتفك|حصتك|مشروعك|خروجك|انقر"
    r"|اضغط|اختر|أضف|ابحث|اطلب)(?![\u0600-\u06ff])",
}


def _texts_in(language: str) -> Iterator[tuple[str, str]]:
    """Every sentence readers meet: of the catalogues and of the written pages."""
    for path in CATALOGUES:
        if path.parts[-3] == language:
            for entry in polib.pofile(str(path)):
                yield from ((_named(path), words) for words in _words(entry))
    pages = BASE / "cms" / "texts" / f"{language}.json"
    for line in pages.read_text(encoding="utf-8").splitlines():
        yield _named(pages), line


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_text_has_one_translation_in_all_rooms(language):
    said: dict[tuple[str | None, str], set[str]] = {}
    for path in CATALOGUES:
        if path.parts[-3] == language:
            for entry in polib.pofile(str(path)):
                words = said.setdefault((entry.msgctxt, entry.msgid), set())
                words.add(" // ".join(_words(entry)))

    assert {text: words for text, words in said.items() if len(words) > 1} == {}


@pytest.mark.parametrize("rule", [SET_ASIDE, ADDRESSES_ONE], ids=["word", "address"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rooms_use_the_words_they_agreed_on(language, rule):
    faults = {
        text for text in _texts_in(language) if re.search(rule[language], text[1])
    }

    assert faults == set()


def _python_messages(text: str) -> Iterator[Message]:
    source = io.BytesIO(text.encode())
    options = {"encoding": "utf-8"}
    for _, name, found, _ in extract_python(source, list(KEYWORDS), [], options):
        parts = found if isinstance(found, tuple) else (found,)
        if "pgettext" in name:
            if len(parts) > 1 and parts[0] and parts[1]:
                yield parts[0], parts[1]
        elif parts and parts[0]:
            yield "", parts[0]


def _code_of(template: str) -> str:
    """What Django hands to gettext, without the indents that mean nothing there."""
    return "\n".join(line.lstrip() for line in templatize(template).splitlines())


def _texts_of(folder: Path) -> Iterator[tuple[Path, Message]]:
    """Every marked text of a folder; a room inside it answers for its own."""
    own = [room for room in ROOMS if folder in room.parents]
    for path in sorted(folder.rglob("*")):
        if path.suffix not in (".py", ".html", ".txt"):
            continue
        if any(nearer in path.parents for nearer in own) or "migrations" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            text = _code_of(text)
        for message in _python_messages(text):
            yield path, message


FOLDERS = sorted({path.parents[3] for path in CATALOGUES})


@pytest.mark.parametrize("folder", FOLDERS, ids=_named)
def test_every_marked_text_is_in_the_catalogues_of_its_room(folder):
    held = {
        language: {
            (entry.msgctxt or "", entry.msgid)
            for entry in polib.pofile(
                str(folder / "locale" / language / "LC_MESSAGES" / "django.po")
            )
        }
        for language in LANGUAGES
    }
    missing = {
        f"{_named(path)}: {message[1]}"
        for path, message in _texts_of(folder)
        if any(message not in texts for texts in held.values())
    }

    assert missing == set()


def test_every_room_has_catalogues():
    assert {_named(room) for room in ROOMS - set(FOLDERS)} == set()


def test_the_extraction_sees_what_templates_and_code_mark():
    template = """{% load i18n %}{% translate "One" %}
      {% blocktranslate trimmed with a=b %}
        Two {{ a }}
      {% endblocktranslate %}
      {% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}
      <a title="{% translate 'Three' context 'where' %}">it's</a>"""
    code = '_("Four"); pgettext_lazy("c", "Five"); ngettext("Six", "Sixes", n)'

    found = {*_python_messages(_code_of(template)), *_python_messages(code)}

    assert found == {
        ("", "One"),
        ("", "Two %(a)s"),
        ("", "%(n)s day"),
        ("where", "Three"),
        ("", "Four"),
        ("c", "Five"),
        ("", "Six"),
    }
