"""The mail of this demo, read back from the files development writes it to."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.utils.translation import get_language_info

_BETWEEN = b"-" * 79
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class ShownMail:
    """One mail as its reader would see it."""

    subject: str
    sender: str
    to: str
    sent_at: datetime
    language: str
    text: str

    @property
    def paragraphs(self) -> list[tuple[bool, str]]:
        """The text in parts; True marks an address that has its line to itself."""
        parts = (part.strip() for part in self.text.split("\n\n"))
        return [
            (part.startswith(("http://", "https://")), part) for part in parts if part
        ]

    @property
    def direction(self) -> str:
        return "rtl" if get_language_info(self.language)["bidi"] else "ltr"


def shown_mail(folder: Path) -> list[ShownMail]:
    """The newest mails first; an empty list where none was written."""
    mails = [
        _read(part.strip() + b"\n")
        for file in sorted(folder.glob("*.log"), reverse=True)[:MOST_SHOWN]
        for part in file.read_bytes().split(_BETWEEN)
        if part.strip()
    ]
    return sorted(mails, key=lambda mail: mail.sent_at, reverse=True)


def _read(source: bytes) -> ShownMail:
    message = message_from_bytes(source, policy=default)
    body = message.get_body(preferencelist=("plain",))
    return ShownMail(
        subject=str(message["Subject"] or ""),
        sender=str(message["From"] or ""),
        to=str(message["To"] or ""),
        sent_at=parsedate_to_datetime(str(message["Date"])),
        language=str(message["Content-Language"] or "en")[:2],
        text=body.get_content() if body else "",
    )
