"""The stylesheets travel as one file where static files are collected."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files import File

from cms.storage import SiteStaticFilesStorage
from cms.templatetags import site_tags

STATIC = Path(settings.BASE_DIR) / "cms" / "static"


@pytest.fixture
def collected(tmp_path):
    storage = SiteStaticFilesStorage(location=tmp_path, base_url="/static/")
    paths = {}
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            name = str(path.relative_to(STATIC))
            with path.open("rb") as file:
                storage._save(name, File(file))
            paths[name] = (storage, name)
    errors = [done for *_, done in storage.post_process(paths) if done is Exception]
    assert errors == []
    return storage


def test_the_joined_file_holds_the_four_in_their_order(collected):
    name = collected.stored_name("cms/css/site.css")
    text = Path(collected.path(name)).read_text()

    marks = ("--paper:", "@font-face", ".btn {", ".site-head {")
    places = [text.index(mark) for mark in marks]
    assert places == sorted(places)
    assert re.fullmatch(r"cms/css/site\.[0-9a-f]{12}\.css", name)
    assert "/*" not in text
    assert "@layer tokens, base, components, layout;" in text


def test_its_fonts_are_the_hashed_ones_and_exist(collected):
    folder = Path(collected.path("cms/css"))
    text = Path(collected.path(collected.stored_name("cms/css/site.css"))).read_text()

    fonts = re.findall(r'url\("([^"]+)"\)', text)
    assert len(fonts) == 4
    for font in fonts:
        assert re.search(r"\.[0-9a-f]{12}\.woff2$", font)
        assert (folder / font).resolve().exists()


def test_pages_link_the_joined_file_where_there_is_one(collected, monkeypatch):
    monkeypatch.setattr(site_tags, "staticfiles_storage", collected)
    monkeypatch.setattr(site_tags, "static", collected.url)

    (sheet,) = site_tags.stylesheets()

    assert sheet == collected.url("cms/css/site.css")


def test_pages_link_the_four_while_they_are_written():
    assert [sheet.rsplit("/", 1)[1] for sheet in site_tags.stylesheets()] == [
        "tokens.css",
        "base.css",
        "components.css",
        "layout.css",
    ]
