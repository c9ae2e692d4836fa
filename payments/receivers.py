"""What payments hears from the domain."""

import logging

from django.db import transaction
from django.dispatch import receiver

from marketplace.organisations.models import Organisation
from marketplace.organisations.signals import organisation_verified
from marketplace.ventures.models import JointVenture
from marketplace.ventures.signals import venture_agreed
from payments.actions.fees import raise_fee
from payments.actions.screening import close_screening
from payments.matters import note
from payments.models import Discrepancy

logger = logging.getLogger("payments")


@receiver(venture_agreed, dispatch_uid="payments.raise_fee")
def raise_the_fee(venture: JointVenture, **_: object) -> None:
    """Signing never fails because of payments: a fault becomes finance's matter."""
    try:
        with transaction.atomic():
            raise_fee(venture)
    except Exception:
        logger.exception("payments: no fee for venture %s", venture.public_id)
        note(
            Discrepancy.Kind.NO_SCHEDULE,
            f"venture:{venture.public_id}",
            expected=venture.fee_currency,
            found="the schedule in force cannot be applied",
        )


@receiver(organisation_verified, dispatch_uid="payments.close_screening")
def close_what_waited(organisation: Organisation, **_: object) -> None:
    """A decision ends the waiting; that its people ask for one does not."""
    if organisation.verification_state != Organisation.Verification.PENDING:
        close_screening(organisation)
