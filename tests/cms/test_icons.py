"""Icons are those of the package, and its archive is opened once."""

import re

from lucide.templatetags.lucide import lucide

from cms import icons
from tests.cms.test_static_rules import TEMPLATES

NAMED = re.compile(r'{% icon "([a-z0-9-]+)"')


def test_every_icon_that_a_template_names_is_drawn_as_the_package_draws_it():
    names = {name for path in TEMPLATES for name in NAMED.findall(path.read_text())}

    assert len(names) > 40
    for name in sorted(names):
        by_the_package = str(lucide(name, size=None)).partition(">")[2]
        assert icons.shapes_of(name).split() == by_the_package.split()


def test_the_archive_is_opened_once_however_many_icons_are_drawn(monkeypatch):
    opened = []

    class Counted(icons.ZipFile):
        def __init__(self, *given):
            opened.append(given)
            super().__init__(*given)

    icons._drawings.cache_clear()
    monkeypatch.setattr(icons, "ZipFile", Counted)
    for name in ("eye", "clock", "handshake"):
        assert "<path" in icons.shapes_of(name)
    assert len(opened) == 1
