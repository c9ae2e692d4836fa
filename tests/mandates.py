"""Investors and their mandates, as tests start from them."""

from django.contrib.auth.models import Permission

from marketplace.mandates.actions import Conditions, save_mandate
from marketplace.mandates.models import InvestorMandate
from marketplace.organisations.actions import grant_entitlement
from marketplace.organisations.models import MANDATES, Organisation
from marketplace.people.models import User
from marketplace.taxonomy.models import Sector
from tests.factories import make_member, make_organisation, make_user


def make_seat(organisation: Organisation) -> None:
    grant_entitlement(organisation, feature=MANDATES, source="test", by=make_user())


def make_staff_member() -> User:
    staff = make_user(is_staff=True)
    staff.user_permissions.add(Permission.objects.get(codename="add_entitlement"))
    return staff


def make_mandate(
    organisation: Organisation | None = None,
    *,
    sectors: list[Sector] | tuple[()] = (),
    **fields: object,
) -> InvestorMandate:
    """A mandate at work, stated by an organisation of a third country if none is named."""
    organisation = organisation or make_organisation(side="third")
    membership = organisation.memberships.first()
    owner = membership.user if membership else make_member(organisation)
    make_seat(organisation)
    fields.setdefault("name", "What we fund")
    fields.setdefault("written_in", "en")
    mandate = InvestorMandate(organisation=organisation, **fields)
    return save_mandate(mandate, Conditions(sectors), by=owner)
