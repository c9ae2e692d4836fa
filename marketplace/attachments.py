"""What two sides may send each other as a file: a picture or a PDF, cleaned."""

from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.utils.translation import gettext_lazy as _

from marketplace.exceptions import DomainError
from marketplace.pdfs import clean_pdf
from marketplace.photos import MOST_BYTES, clean_photo

PDF, PICTURE = "application/pdf", "image/webp"
SUFFIXES = {PDF: ".pdf", PICTURE: ".webp"}
ACCEPTED = "application/pdf,image/jpeg,image/png,image/webp,image/avif"


class FileRefused(DomainError):
    """A file that is not taken; the message says what would be."""

    user_message = _("Send a picture (JPEG, PNG, WebP, AVIF) or a PDF.")


@dataclass(frozen=True, slots=True)
class CleanFile:
    """Bytes as they may be kept, and what they are."""

    kind: str
    data: bytes

    @property
    def suffix(self) -> str:
        return SUFFIXES[self.kind]


def clean_attachment(upload: IO[bytes], name: str) -> CleanFile:
    """A picture re-encoded, or a PDF without what stands beside its pages.

    Raises a `DomainError` with a sentence for the person. May take seconds, so that it
    is called before anything is locked. The name is judged and then forgotten.
    """
    suffix = Path(name).suffix.lower()
    head = upload.read(5)
    upload.seek(0)
    if head == b"%PDF-" and suffix == ".pdf":
        data = upload.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise FileRefused(_("This file is larger than 8 MB. Choose a smaller one."))
        return CleanFile(PDF, clean_pdf(data))
    if suffix in (".jpg", ".jpeg", ".jpe", ".png", ".webp", ".avif"):
        return CleanFile(PICTURE, clean_photo(upload, name)[-1].data)
    raise FileRefused
