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


class ScreeningNeeded(DomainError):
    """The organisation's verification is missing or too old; people look at it first."""

    user_message = _(
        "Nothing can be paid yet: the registration of your organisation has to be "
        "checked first. It is the same rule for every organisation."
    )


class TransferPending(DomainError):
    user_message = _(
        "A payment of this share, by transfer or in cash, is being checked already."
    )


class AlreadyRecorded(DomainError):
    user_message = _("This line of the bank's statement is recorded already.")


class WaiverPending(DomainError):
    user_message = _("A request for this share is waiting for a decision already.")


class VoucherNotUsable(DomainError):
    """Wrong, expired, used, withdrawn or of another currency: one answer for all."""

    user_message = _(
        "This code cannot be used for this share. It may be misspelt, used already, "
        "out of date, or in another currency."
    )


class OfferChanged(DomainError):
    user_message = _(
        "What is open has changed since you looked. Nothing was redeemed; look again."
    )


class TooManyTries(DomainError):
    user_message = _("Too many tries. Please wait ten minutes.")


class HasSeat(DomainError):
    user_message = _("Your organisation has a seat already.")


class PlanNotOffered(DomainError):
    user_message = _("This cannot be done for this seat.")


class NothingToConfirm(DomainError):
    user_message = _("The bank asks nothing at present. How the seat stands is below.")


class AlreadyImported(DomainError):
    user_message = _("This file was imported already.")


class StatementUnreadable(DomainError):
    user_message = _(
        "This file cannot be read. It must be a table (CSV) with a date, an amount and "
        "details, in UTF-8, Windows-1255 or Windows-1256."
    )


class LineNotUsable(DomainError):
    user_message = _("This line cannot be used for that share.")


class MonthNotOver(DomainError):
    user_message = _("This month is not over yet.")


class AlreadyClosed(DomainError):
    user_message = _("This month is closed already.")


class BooksNotWhole(DomainError):
    user_message = _(
        "The ledger breaks one of its rules. Look at the matters before the month is "
        "closed."
    )


class AlreadyPaid(DomainError):
    user_message = _("Money came in for this fee. It has to go back first.")


class NoSchedule(DomainError):
    user_message = _("No fee schedule is in force in this currency.")


class CannotDivide(DomainError):
    user_message = _("This share cannot be divided in that way.")


class AlreadyDecided(DomainError):
    user_message = _("This was decided already.")


class NothingToRefund(DomainError):
    user_message = _("Not so much of this payment is left that could go back.")


class NotPayableAmount(DomainError):
    user_message = _("The last decimal of this currency is 0.")


class PreviewChanged(DomainError):
    user_message = _(
        "The sum has changed since you looked. Nothing was requested; look again."
    )


class Disputed(DomainError):
    user_message = _(
        "The payer's bank disputes this payment. While it does, nothing can be sent "
        "back."
    )


class AboveLimit(DomainError):
    user_message = _("This is above your limit; the finance lead decides it.")


class AmountTooHigh(DomainError):
    user_message = _("This is more than what is still open.")
