"""Cuts the Rubik files the site serves out of the whole variable font."""

from importlib.resources import files
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

WEIGHTS = (400, 700)
# The same ranges stand as `unicode-range` in base.css: change both.
LETTERS = {
    "latin": "0020-007E,00A0,00A7,00A9,00AB,00B0,00B7,00BB,00D7,00E0,00E1,00E4,"
    "00E7-00EA,00ED,00F1,00F3,00F6,00FC,2009,2010-2014,2018-201E,2022,2026,"
    "2039-203A,20AC,2212",
    "hebrew": "0020,05BE,05D0-05EA,05EF-05F4,20AA,200D-200F",
    "arabic": "0020,060C,061B,061F,0621-063A,0640-0652,0670-0671,067E,0686,0698,"
    "06A4,06A9,06AF,06CC,200C-200F",
}
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "rlig", "calt"]
FEATURES += ["init", "medi", "fina", "isol", "tnum"]
# Latin letters among Hebrew or Arabic ones: kerning them would weigh a quarter more.
LETTERS["latin-plain"] = LETTERS["latin"]


def cut(source: bytes, unicodes: str, features: list[str]) -> bytes:
    """One script of the font as WOFF2, its weight axis held to `WEIGHTS`."""
    font = instantiateVariableFont(TTFont(BytesIO(source)), {"wght": WEIGHTS})
    options = Options(
        flavor="woff2",
        layout_features=features,
        hinting=False,
        desubroutinize=True,
        name_IDs=[0, 1, 2, 13, 14],
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(unicodes))
    subsetter.subset(font)
    font.flavor = "woff2"
    out = BytesIO()
    font.save(out)
    return out.getvalue()


class Command(BaseCommand):
    help = "Cut the served fonts from fontpkg-rubik (development only)."

    def handle(self, **options: object) -> None:
        package = files("fontpkg_rubik").joinpath("files/Rubik[wght].ttf")
        source = package.read_bytes()
        folder = Path(settings.BASE_DIR) / "cms" / "static" / "cms" / "fonts"
        for script, unicodes in LETTERS.items():
            path = folder / f"rubik-{script}.woff2"
            features = [f for f in FEATURES if f != "kern" or script != "latin-plain"]
            path.write_bytes(cut(source, unicodes, features))
            self.stdout.write(f"{path.name}: {path.stat().st_size:,} bytes")
