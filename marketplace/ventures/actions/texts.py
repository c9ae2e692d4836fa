"""The words of a venture as its partners write them, and what is kept of each version."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from marketplace.exceptions import DomainError
from marketplace.organisations.models import Organisation
from marketplace.people.models import User
from marketplace.ventures.models import (
    WHOLE,
    JointVenture,
    TextVersion,
    VentureParty,
    Wording,
)


@dataclass(frozen=True, slots=True)
class Words:
    """A title and what the partners build, in one language."""

    title: str
    purpose: str


@dataclass(frozen=True, slots=True)
class VentureText:
    """What all partners sign: words, dates, the fee's currency, and who owns what.

    `title` and `purpose` are in the language that governs, `beside` holds the same in
    further ones by their codes. `ownership` maps each organisation to hundredths of a
    percent; they add up to 10,000.
    """

    title: str
    purpose: str
    starts_on: date
    ends_on: date | None
    fee_currency: str
    ownership: Mapping[Organisation, int]
    governing_language: str = "en"
    beside: Mapping[str, Words] = field(default_factory=dict)

    def check(self) -> None:
        if len(self.ownership) < 2:
            raise DomainError(_("A venture has at least two partners."))
        if min(self.ownership.values()) < 1 or sum(self.ownership.values()) != WHOLE:
            raise DomainError(_("The shares have to add up to exactly 100%."))
        written = [self.governing_language, *self.beside]
        if len(set(written)) < len(written):
            raise DomainError(_("Each language holds the text once."))
        if not set(written) <= {code for code, _name in settings.LANGUAGES}:
            raise DomainError(_("The text is written in English, Hebrew or Arabic."))

    def fields(self) -> dict[str, object]:
        """What stands in the row of the venture itself."""
        return {
            "title": self.title,
            "purpose": self.purpose,
            "governing_language": self.governing_language,
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
            "fee_currency": self.fee_currency,
        }


def put_beside(venture: JointVenture, text: VentureText) -> None:
    """The text stands in these further languages, and in no others."""
    venture.wordings.exclude(language__in=text.beside).delete()
    for code, words in text.beside.items():
        changes = {"title": words.title, "purpose": words.purpose}
        row, is_new = Wording.objects.get_or_create(
            venture=venture, language=code, defaults=changes
        )
        if not is_new and (row.title, row.purpose) != (words.title, words.purpose):
            Wording.objects.filter(pk=row.pk).update(**changes)


def keep_version(venture: JointVenture, party: VentureParty, by: User) -> TextVersion:
    """What can be signed from now on is kept as it is, whatever comes after."""
    return TextVersion.objects.create(
        venture=venture,
        number=venture.versions.count() + 1,
        text=venture.signed_text(),
        text_hash=venture.text_hash(),
        written_by=by,
        party=party,
    )
