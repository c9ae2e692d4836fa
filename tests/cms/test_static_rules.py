"""Rules of the look that can be read off the files."""

import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings

BASE = Path(settings.BASE_DIR)
CSS = sorted((BASE / "cms/static/cms/css").glob("*.css"))
TEMPLATES = sorted(
    path
    for app in ("cms", "marketplace", "search", "payments")
    for path in (BASE / app).glob("**/templates/**/*.html")
    if "wagtailadmin" not in path.parts and "wagtail_localize" not in path.parts
)
PHYSICAL = re.compile(
    r"(?<![-\w])(?:left|right)\s*[:;]|-(?:left|right)\s*:|(?:margin|padding)-(?:top|bottom)\s*:|(?<![-\w])(?:width|height)\s*:"
)
SCRIPT_WITH_CODE = re.compile(r"<script(?![^>]*\b(?:src=|type=.application/json))")
ALONE = re.compile(r"{% include \"([^\"]+)\"([^%]*) only %}")
RAW_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(")


@pytest.mark.parametrize("path", CSS, ids=lambda p: p.name)
def test_css_is_logical_and_takes_its_colours_from_the_tokens(path):
    text = path.read_text()
    rules = re.sub(
        r"/\*.*?\*/|@media[^{]*|@container[^{]*|url\([^)]*\)", "", text, flags=re.S
    )

    assert PHYSICAL.findall(rules) == []
    if path.name != "tokens.css":
        assert RAW_COLOUR.findall(rules) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(BASE)))
def test_templates_hold_no_style_no_script_and_no_handler(path):
    text = path.read_text()

    if "email" not in path.parts:
        assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not SCRIPT_WITH_CODE.search(text)
    assert "|safe" not in text.replace("help_text|safe", "")


def named(path):
    """A template as others include it."""
    return path.as_posix().rpartition("/templates/")[2]


def test_whoever_includes_a_form_hands_it_the_token_without_which_it_is_refused():
    texts = {named(path): path.read_text() for path in TEMPLATES}
    with_forms = {name for name, text in texts.items() if "{% csrf_token %}" in text}
    alone = [
        (name, part, words)
        for name, text in texts.items()
        for part, words in ALONE.findall(text)
        if part in with_forms
    ]

    assert len(alone) > 5
    assert [each for each in alone if "csrf_token=csrf_token" not in each[2]] == []


def test_the_first_view_weighs_no_more_than_sixty_kilobytes(client, site_tree):
    """HTML, CSS, script and the fonts that the page fetches, brotli, cold."""
    fonts = {"en": ["latin"], "he": ["latin", "hebrew"], "ar": ["latin", "arabic"]}
    static = BASE / "cms/static/cms"
    css = b"".join(path.read_bytes() for path in CSS)
    script = (static / "js/site.js").read_bytes()

    for language, scripts in fonts.items():
        html = client.get(f"/{language}/").content
        weight = sum(len(brotli.compress(part)) for part in (html, css, script))
        weight += sum(
            (static / f"fonts/rubik-{name}.woff2").stat().st_size for name in scripts
        )
        assert weight <= 60_000, language


def test_our_script_is_short_and_light():
    script = (BASE / "cms/static/cms/js/site.js").read_text()

    assert len(script.splitlines()) <= 120
    assert len(brotli.compress(script.encode())) <= 10_000
