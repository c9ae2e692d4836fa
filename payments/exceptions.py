"""What the programme tells a payer who cannot pay this way, now."""

from django.utils.translation import gettext_lazy as _

from marketplace.exceptions import DomainError


class AlreadySettled(DomainError):
    user_message = _("This share is settled; nothing more is to be paid.")


class CheckoutUnavailable(DomainError):
    """The processor does not answer; the same click may be repeated safely."""

    user_message = _(
        "The payment page cannot be reached at the moment. Nothing was taken. "
        "Try again in a few minutes."
    )


class CardNotPossible(DomainError):
    """This amount or currency cannot be paid by card here."""

    user_message = _(
        "This share cannot be paid by card here. Ask for a bank transfer, or for a "
        "waiver."
    )


class TransferPending(DomainError):
    user_message = _("A bank transfer for this share is being checked already.")


class AlreadyRecorded(DomainError):
    user_message = _("This line of the bank's statement is recorded already.")


class WaiverPending(DomainError):
    user_message = _("A request for this share is waiting for a decision already.")


class AmountTooHigh(DomainError):
    user_message = _("This is more than what is still open.")
