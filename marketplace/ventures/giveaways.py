"""Words of a lesson that would lead to somebody."""

from marketplace.contact_details import Giveaway, contacts_given_away
from marketplace.listings.giveaways import names_given_away
from marketplace.organisations.models import Organisation

from .models import JointVenture


def given_away(
    text: str, venture: JointVenture, own: Organisation
) -> tuple[Giveaway, ...]:
    """What a writer has to take out: contact details, and names the writer may know.

    The people of other partners are left to `names_in_lesson`: a writer who guessed
    would otherwise learn who they are.
    """
    return _found(text, venture, with_people={own.pk})


def names_in_lesson(text: str, venture: JointVenture | None) -> tuple[Giveaway, ...]:
    """Contact details, and the names of all partners and of their people."""
    if venture is None:
        return contacts_given_away(text)
    everybody = set(venture.parties.values_list("organisation", flat=True))
    return _found(text, venture, with_people=everybody)


def _found(
    text: str, venture: JointVenture, *, with_people: set[int]
) -> tuple[Giveaway, ...]:
    found = list(contacts_given_away(text))
    for party in venture.parties.select_related("organisation"):
        people = party.organisation_id in with_people
        found += names_given_away(text, party.organisation, with_people=people)
    return tuple(dict.fromkeys(found))
