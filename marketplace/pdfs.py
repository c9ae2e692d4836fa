"""PDF files: the one door to pypdf. Pages survive, what stands beside them does not.

Run by itself, this module reads a PDF and writes the clean one, in a child process.
"""

import re
import sys
from io import BytesIO

from django.utils.translation import gettext_lazy as _
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, StreamObject

from marketplace.child_process import ChildFailed, limit_this_process, run_apart
from marketplace.exceptions import DomainError

MOST_PAGES = 200
LOCKED, TOO_LONG, BROKEN = 3, 4, 5
# Who made it and when, comments and links, scripts, forms, files within the file.
BESIDE_THE_PAGE = [
    "/Metadata",
    "/PieceInfo",
    "/LastModified",
    "/Annots",
    "/AA",
    "/A",
    "/Thumb",
    "/B",
    "/JS",
    "/JavaScript",
    "/EmbeddedFile",
    "/AF",
    "/Author",
    "/Creator",
    "/Producer",
    "/StructParents",
    "/Measure",
    "/PtData",
]
# Of a JPEG inside a page: all application segments but Adobe's colours, and comments.
_JPEG_SEGMENT = re.compile(rb"\xff[\xe0-\xed\xef\xfe]")


class PdfRefused(DomainError):
    """A PDF that is not taken; the message says why and what would help."""

    user_message = _("This PDF cannot be read. Save it anew and try again.")


_REASONS = {
    LOCKED: _("This PDF is locked with a password. Save it without one."),
    TOO_LONG: _("This PDF has more than 200 pages. Send the pages that matter."),
}


def clean_pdf(data: bytes) -> bytes:
    """The same pages without metadata, comments, links, forms, scripts or files.

    Raises `PdfRefused` with a sentence for the person.
    """
    try:
        return run_apart("marketplace.pdfs", data)
    except ChildFailed as failure:
        reason = _REASONS.get(failure.code or 0)
        raise (PdfRefused(reason) if reason else PdfRefused()) from None


# -- the child process -----------------------------------------------------------


def _bare(data: bytes) -> bytes:
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted:
        sys.exit(LOCKED)
    if len(reader.pages) > MOST_PAGES:
        sys.exit(TOO_LONG)
    writer = PdfWriter()
    for page in reader.pages:
        for name in BESIDE_THE_PAGE:
            page.pop(name, None)
        writer.add_page(page)
    writer.metadata = None
    for thing in writer._objects:
        _strip(thing)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _strip(thing: object) -> None:
    if not isinstance(thing, DictionaryObject):
        return
    for name in BESIDE_THE_PAGE:
        thing.pop(name, None)
    is_jpeg = thing.get("/Filter") in ("/DCTDecode", ["/DCTDecode"])
    if is_jpeg and isinstance(thing, StreamObject):
        thing._data = _without_segments(thing._data)


def _without_segments(jpeg: bytes) -> bytes:
    """A JPEG without what cameras and programs wrote before its picture (JFIF 1.02)."""
    kept, place = bytearray(jpeg[:2]), 2
    while place + 4 <= len(jpeg) and jpeg[place] == 0xFF and jpeg[place + 1] != 0xDA:
        length = 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
        if not _JPEG_SEGMENT.match(jpeg, place):
            kept += jpeg[place : place + length]
        place += length
    end = jpeg.rfind(b"\xff\xd9")
    return bytes(kept) + jpeg[place : end + 2 if end > place else len(jpeg)]


def main() -> None:
    """Read a PDF, write the clean one; the exit code says why there is none."""
    data = sys.stdin.buffer.read()
    limit_this_process()
    try:
        clean = _bare(data)
    except (PyPdfError, ValueError, TypeError, KeyError, OSError, RecursionError):
        sys.exit(BROKEN)
    sys.stdout.buffer.write(clean)


if __name__ == "__main__":
    main()
