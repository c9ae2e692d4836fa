"""The drawings of the Lucide icons, as they stand in their package."""

from functools import cache
from importlib.resources import files
from io import BytesIO
from zipfile import ZipFile


def shapes_of(name: str) -> str:
    """The shapes of an icon with the end tag, without ``<svg …>``; KeyError if unknown."""
    drawing = _drawings().read(f"{name}.svg").decode()
    return drawing.split(">", 1)[1]


@cache
def _drawings() -> ZipFile:
    """The package's archive, its table of contents read once for each process.

    The package's own tag reads the table of 1,745 names anew for every icon. In
    memory, because workers forked later would share one place in an open file.
    """
    return ZipFile(BytesIO(files("lucide").joinpath("lucide.zip").read_bytes()))
