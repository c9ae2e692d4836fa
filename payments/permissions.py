"""Who may pay, ask and decide about money."""

from django.db.models import QuerySet

from marketplace.organisations.models import Organisation
from marketplace.organisations.permissions import ACTING, can_act_for
from marketplace.people.models import User
from payments.models import Adjustment, OfflinePayment, Share


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


def can_ask_for_waiver(user: User, share: Share) -> bool:
    return can_pay(user, share) or user.has_perm("payments.add_adjustment")


def can_decide_waiver(user: User, adjustment: Adjustment) -> bool:
    """A second person of finance, who is neither the asker nor of the payer's own."""
    return (
        user.has_perm("payments.change_adjustment")
        and adjustment.requested_by_id != user.pk
        and not _belongs_to(user, adjustment.share.party.organisation)
    )


def can_record_transfer(user: User, share: Share) -> bool:
    return user.has_perm("payments.add_offlinepayment") and not _belongs_to(
        user, share.party.organisation
    )


def can_confirm_transfer(user: User, payment: OfflinePayment) -> bool:
    """Never the person who recorded it."""
    return (
        user.has_perm("payments.change_offlinepayment")
        and payment.recorded_by_id != user.pk
        and not _belongs_to(user, payment.attempt.share.party.organisation)
    )
