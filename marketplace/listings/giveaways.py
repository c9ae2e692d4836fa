"""What a listing's own words give away: who stands behind it, and how to reach them.

A writer is asked to look before staff read the text, and staff see it too. It only
warns; a name may be a common word.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.contact_details import Giveaway, contacts_given_away
from marketplace.contact_details.folding import Folded, fold
from marketplace.organisations.models import Organisation

from .models import Listing

SHORTEST_NAME = 4
DIGITS_OF_A_NUMBER = 6
# Words that many firms' names share, and that alone name none of them.
COMMON = frozenset(
    [
        "ltd",
        "inc",
        "llc",
        "co",
        "company",
        "limited",
        "corp",
        "the",
        "and",
        "of",
        "for",
        "group",
        "trading",
        "industries",
        "בעמ",
        "חברה",
        "חברת",
        "ושות",
        "ובניו",
        "קבוצת",
        "תעשיות",
        "מסחר",
        "עמותה",
        "شركه",
        "شركة",
        "مؤسسه",
        "مؤسسة",
        "مصنع",
        "جمعيه",
        "جمعية",
        "مجموعه",
        "مجموعة",
        "تجاره",
        "وشركاه",
        "واولاده",
    ]
)
_WORDS = re.compile(r"[^\W_]+")
_QUOTES = re.compile("[\"']")  # בע"מ is one word


@dataclass(frozen=True, slots=True)
class _Known:
    """A private name or number of the owner, folded, and what to call it."""

    label: str | Promise
    pattern: re.Pattern[str]


def giveaways_in(listing: Listing) -> tuple[Giveaway, ...]:
    """What stands in the words of a listing in memory, each once, in their order."""
    known = list(_known_of(listing.organisation, is_unnamed=listing.anonymous))
    found = [giveaway for text in _texts(listing) for giveaway in _in_text(text, known)]
    return tuple(dict.fromkeys(found))


def names_given_away(
    text: str, organisation: Organisation, *, with_people: bool
) -> tuple[Giveaway, ...]:
    """Names and numbers of an organisation in any text, its alias among them."""
    known = _known_of(organisation, is_unnamed=True, with_people=with_people)
    folded = fold(text)
    found = (_as_written(text, folded, private) for private in known)
    return tuple(dict.fromkeys(each for some in found for each in some))


def _texts(listing: Listing) -> Iterator[str]:
    yield from (listing.title, listing.summary, listing.details)
    for item in (*listing.brings.all(), *listing.needs.all()):
        yield from (item.text, item.quantity, item.evidence)


def _in_text(text: str, known: Iterable[_Known]) -> Iterator[Giveaway]:
    folded = fold(text)
    for private in known:
        yield from _as_written(text, folded, private)
    yield from contacts_given_away(text)


def _as_written(text: str, folded: Folded, private: _Known) -> Iterator[Giveaway]:
    for match in private.pattern.finditer(folded.text):
        start, end = folded.written(*match.span())
        yield Giveaway(private.label, text[start:end])


def _known_of(
    organisation: Organisation, *, is_unnamed: bool, with_people: bool = True
) -> Iterator[_Known]:
    yield from _name(_("your legal name"), organisation.legal_name)
    yield from _number(_("your registration number"), organisation.registration)
    if is_unnamed:
        yield from _name(_("the alias you hide"), organisation.alias)
    if not with_people:
        return
    for membership in organisation.memberships.select_related("user__legal_identity"):
        person = membership.user
        identity = getattr(person, "legal_identity", None)
        if identity:
            yield from _name(_("a name of your people"), identity.name)
            yield from _number(_("a telephone of your people"), identity.phone)
        yield _Known(
            _("an e-mail address of your people"), re.compile(re.escape(person.email))
        )


def _name(label: str | Promise, name: str) -> Iterator[_Known]:
    """The name's own words in their order, whatever stands between and before them."""
    words = [
        word
        for word in _WORDS.findall(_QUOTES.sub("", fold(name).text))
        if word not in COMMON
    ]
    if words and sum(map(len, words)) >= SHORTEST_NAME:
        # Hebrew and Arabic write "and", "the", "in" onto the word.
        pattern = r"(?<![a-z0-9])" + r"[\W_]+".join(map(re.escape, words)) + r"(?!\w)"
        yield _Known(label, re.compile(pattern))


def _number(label: str | Promise, number: str) -> Iterator[_Known]:
    """The last digits, so that a country code more or less hides nothing."""
    digits = re.sub(r"\D", "", fold(number).text)[-9:]
    if len(digits) >= DIGITS_OF_A_NUMBER:
        yield _Known(label, re.compile(r"\W*".join(digits)))
