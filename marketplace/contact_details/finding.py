"""The one question asked of a text: which contact details does it hold?"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .folding import fold
from .numbers import telephone_spans
from .patterns import ACCOUNT, BANK, EMAIL, LINK, spans_of

LONGEST_READ = 20_000


class ContactKind(TextChoices):
    """What somebody could be reached, or paid, by."""

    BANK = "bank", _("bank account")
    EMAIL = "email", _("e-mail address")
    ACCOUNT = "account", _("account of another service")
    LINK = "link", _("link")
    PHONE = "phone", _("telephone number")


@dataclass(frozen=True, slots=True)
class Found:
    """One detail and where it stands, as indices into the text as written."""

    kind: ContactKind
    start: int
    end: int


def contact_details_in(text: str) -> tuple[Found, ...]:
    """Contact details in the order they are written; none overlaps another.

    Reads the first 20,000 letters, more than any field of ours holds. Where two kinds
    claim the same letters the earlier of ``ContactKind`` is named.
    """
    folded = fold(text[:LONGEST_READ])
    taken = bytearray(len(folded.text))
    found = []
    for kind, start, end in _claims(folded.text):
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            found.append(Found(kind, *folded.written(start, end)))
    return tuple(sorted(found, key=lambda one: one.start))


def _claims(text: str) -> Iterator[tuple[ContactKind, int, int]]:
    patterns = {
        ContactKind.BANK: BANK,
        ContactKind.EMAIL: EMAIL,
        ContactKind.ACCOUNT: ACCOUNT,
        ContactKind.LINK: LINK,
    }
    for kind, pattern in patterns.items():
        for start, end in spans_of(pattern, text):
            yield kind, start, end
    for start, end in telephone_spans(text):
        yield ContactKind.PHONE, start, end
