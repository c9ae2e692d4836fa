"""Rows that money tests start from: an agreed venture, a schedule, a raised fee."""

from datetime import date, timedelta

from django.utils import timezone

from marketplace.introductions.models import Introduction
from marketplace.organisations.models import Organisation
from marketplace.people.models import User
from marketplace.ventures.models import JointVenture
from payments.actions.fees import raise_fee
from payments.models import Currency, Fee, FeeSchedule, Share
from tests.factories import make_listing, make_member, make_organisation

CURRENCIES = {
    "EUR": (2, 2, 1, 100, True),
    "ILS": (2, 2, 1, 500, True),
    "JOD": (3, 3, 10, 1000, False),
    "USD": (2, 2, 1, 100, True),
}


OFFICER_LIMIT = 1_000_000


def make_currencies() -> None:
    """The rows of the data migration, for tests that start from an empty database."""
    for code, (decimals, at_stripe, step, minimum, card) in CURRENCIES.items():
        Currency.objects.get_or_create(
            code=code,
            defaults={
                "iso_exponent": decimals,
                "stripe_exponent": at_stripe,
                "step_minor": step,
                "minimum_minor": minimum,
                "card_enabled": card,
                "officer_limit_minor": OFFICER_LIMIT,
            },
        )


def make_schedule(total: int = 240_00, currency: str = "USD", **fields) -> FeeSchedule:
    make_currencies()
    fields.setdefault("valid_from", date(2020, 1, 1))
    return FeeSchedule.objects.create(currency_id=currency, total_minor=total, **fields)


def make_verified(**fields: object) -> Organisation:
    """An organisation whose registration was looked at today, so that it may pay."""
    return make_organisation(
        verification_state="verified", verified_on=timezone.localdate(), **fields
    )


def make_agreed_venture(
    ownership: tuple[int, ...] = (5000, 5000), currency: str = "USD"
) -> JointVenture:
    """Signed by all: each partner an organisation with one owner."""
    sides = ["il", "ps", "third"]
    organisations = []
    for number in range(len(ownership)):
        organisation = make_verified(side=sides[number % 3])
        make_member(organisation)
        organisations.append(organisation)
    asker, asked = organisations[:2]
    introduction = Introduction.objects.create(
        asker=asker,
        asked=asked,
        asked_by=payer_of_organisation(asker),
        listing=make_listing(asked),
        status=Introduction.Status.ACCEPTED,
    )
    venture = JointVenture.objects.create(
        introduction=introduction,
        title="Olive press",
        purpose="To press olives together.",
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate() + timedelta(days=365),
        fee_currency=currency,
        status=JointVenture.Status.AGREED,
        proposed_by=payer_of_organisation(asker),
    )
    for organisation, part in zip(organisations, ownership, strict=True):
        venture.parties.create(organisation=organisation, ownership=part)
    return venture


def payer_of_organisation(organisation) -> User:
    return organisation.memberships.get(role="owner").user


def payer_of(share: Share) -> User:
    return payer_of_organisation(share.party.organisation)


def make_fee(
    total: int = 240_00,
    currency: str = "USD",
    ownership: tuple[int, ...] = (5000, 5000),
) -> Fee:
    if not FeeSchedule.objects.filter(currency_id=currency, total_minor=total).exists():
        make_schedule(total, currency)
    fee = raise_fee(make_agreed_venture(ownership, currency))
    assert fee is not None
    return fee
