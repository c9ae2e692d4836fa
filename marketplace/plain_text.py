"""What people write: plain text, without signs that deceive the eye."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST_WORD = 200
# Direction overrides and isolates, zero-width signs, and controls but tab and newline.
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


def clean_plain_text(text: str) -> str:
    """The text as it may be kept: composed, without hidden signs, trimmed.

    Raises ValidationError for a word longer than 200 letters.
    """
    text = _HIDDEN.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n")))
    if any(len(word) > LONGEST_WORD for word in text.split()):
        raise ValidationError(
            _("This holds a word of more than 200 letters. Please write it in parts."),
            code="long_word",
        )
    return text.strip()


class PlainTextField(forms.CharField):
    """A field of a form for what people write, cleaned before it is measured."""

    def to_python(self, value: str | None) -> str:
        return clean_plain_text(super().to_python(value) or "")
