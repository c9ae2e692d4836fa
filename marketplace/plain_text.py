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


# Greek letters that look like Latin ones; others stand in units and formulas.
_LOOK_ALIKE = "[\u0391\u0392\u0395-\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf"
# Cyrillic, Armenian and Cherokee.
_LOOK_ALIKE += "\u0400-\u058f\u13a0-\u13ff]"
_DISGUISED = re.compile(rf"[a-zA-Z]{_LOOK_ALIKE}|{_LOOK_ALIKE}[a-zA-Z]")


def clean_plain_text(text: str) -> str:
    """The text as it may be kept: composed, without hidden signs, trimmed.

    Raises ValidationError for a word longer than 200 letters, and for one that mixes
    Latin letters with those of another alphabet that look the same (UTS #39).
    """
    text = _HIDDEN.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n")))
    if any(len(word) > LONGEST_WORD for word in text.split()):
        raise ValidationError(
            _("This holds a word of more than 200 letters. Please write it in parts."),
            code="long_word",
        )
    if _DISGUISED.search(text):
        raise ValidationError(
            _("A word mixes letters of two alphabets that look alike."),
            code="disguised",
        )
    return text.strip()


class PlainTextField(forms.CharField):
    """A field of a form for what people write, cleaned before it is measured."""

    def to_python(self, value: str | None) -> str:
        return clean_plain_text(super().to_python(value) or "")
