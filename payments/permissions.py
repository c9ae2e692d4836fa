"""Who may pay, ask and decide about money."""

from django.db.models import QuerySet

from marketplace.money import Money
from marketplace.organisations.models import Organisation
from marketplace.organisations.permissions import ACTING, can_act_for
from marketplace.people.models import User
from payments.models import (
    Adjustment,
    BankLine,
    Currency,
    OfflinePayment,
    PaymentAttempt,
    RefundRequest,
    Share,
    Subscription,
    Voucher,
)


def payers_of(organisation: Organisation) -> QuerySet[User]:
    """The people who act for an organisation in matters of money."""
    return User.objects.filter(
        memberships__organisation=organisation,
        memberships__role__in=ACTING,
        is_active=True,
    ).order_by("pk")


def organisations_paid_by(user: User) -> set[int]:
    """Primary keys of the organisations whose shares this person may pay."""
    acting = user.memberships.filter(role__in=ACTING)
    return set(acting.values_list("organisation_id", flat=True))


def can_pay(user: User, share: Share) -> bool:
    """The payer's own people; staff never pay as somebody."""
    return can_act_for(user, share.party.organisation)


def _belongs_to(user: User, organisation: Organisation) -> bool:
    return organisation.memberships.filter(user=user).exists()


def can_decide_seat(user: User, row: Subscription) -> bool:
    return can_act_for(user, row.organisation)


def can_ask_for_waiver(user: User, share: Share) -> bool:
    return can_pay(user, share) or user.has_perm("payments.add_adjustment")


def can_adjust(user: User, share: Share) -> bool:
    """One of finance who does not belong to the payer."""
    return user.has_perm("payments.add_adjustment") and not _belongs_to(
        user, share.party.organisation
    )


def can_decide_waiver(user: User, adjustment: Adjustment) -> bool:
    """A second person of finance, who is neither the asker nor of the payer's own."""
    return (
        user.has_perm("payments.change_adjustment")
        and adjustment.requested_by_id != user.pk
        and not _belongs_to(user, adjustment.share.party.organisation)
    )


def can_request_voucher(user: User) -> bool:
    return user.has_perm("payments.add_voucher")


def can_decide_voucher(user: User, voucher: Voucher) -> bool:
    """A second person of finance."""
    return (
        user.has_perm("payments.change_voucher") and voucher.requested_by_id != user.pk
    )


def can_record_transfer(user: User, share: Share) -> bool:
    return user.has_perm("payments.add_offlinepayment") and not _belongs_to(
        user, share.party.organisation
    )


def can_record_cash(user: User, share: Share, taken_by: Organisation) -> bool:
    """Finance, for cash that a verified organisation took for another's share."""
    return (
        can_record_transfer(user, share)
        and taken_by.is_verified
        and taken_by.pk != share.party.organisation_id
    )


def can_import(user: User) -> bool:
    return user.has_perm("payments.add_bankimport")


def can_match(user: User, line: BankLine) -> bool:
    """Finance, of no organisation that the line would pay for."""
    if not user.has_perm("payments.change_bankline"):
        return False
    return line.share is None or not _belongs_to(user, line.share.party.organisation)


def can_confirm_transfer(user: User, payment: OfflinePayment) -> bool:
    """Never the person who recorded it."""
    return (
        user.has_perm("payments.change_offlinepayment")
        and payment.recorded_by_id != user.pk
        and not _belongs_to(user, payment.attempt.payer)
    )


def can_request_refund(user: User, attempt: PaymentAttempt) -> bool:
    """Finance asks for it; the payer may ask finance to."""
    return user.has_perm("payments.add_refundrequest") and not _belongs_to(
        user, attempt.payer
    )


def can_decide_refund(user: User, request: RefundRequest) -> bool:
    """A second person of finance, who is neither the asker nor of the payer's own."""
    return (
        user.has_perm("payments.change_refundrequest")
        and request.requested_by_id != user.pk
        and not _belongs_to(user, request.attempt.payer)
    )


def can_grant(user: User, amount: Money) -> bool:
    """Whether the sum is within this person's limit as the second of two."""
    currency = Currency.objects.get(code=amount.currency)
    return currency.is_within_limit(amount) or user.has_perm("payments.exceed_limit")
