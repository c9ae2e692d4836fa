"""Acts of finance that need words: transfers seen, refunds asked for and sent."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.staff.act_forms import ActFormView
from payments.actions.adjustments import request_adjustment, request_reversal
from payments.actions.bank_imports import match_line
from payments.actions.fees import raise_fee_anew
from payments.actions.refunds import record_refund_sent, refundable, request_refund
from payments.actions.transfers import record_cash, record_transfer
from payments.adjustment_forms import AdjustmentForm, AnewForm, ReversalForm
from payments.forms import TransferForm
from payments.ledger import open_amount
from payments.models import (
    Adjustment,
    BankLine,
    Fee,
    PaymentAttempt,
    RefundRequest,
    Share,
)
from payments.refund_forms import RefundForm, RefundSentForm
from payments.transfer_forms import CashForm, MatchForm


class RecordTransferView(ActFormView):
    """Recorded by one person here, confirmed by another on the page of transfers."""

    page_title = _("Record a transfer")
    header_icon = "download"
    form_class = TransferForm
    explanation = _(
        "A line of the bank's statement for this share. An open card page of the "
        "share is closed first. Nothing is booked before another person has "
        "confirmed it."
    )
    button = _("Record")
    success = _("Recorded. Another person confirms it.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"currency": self.thing.currency_id}

    def get_initial(self) -> dict[str, Any]:
        return {"amount": open_amount(self.thing).amount}

    def act_on(self, thing: Share, **words: Any) -> object:
        return record_transfer(thing, **words)


class RecordCashView(ActFormView):
    """Cash that an organisation of the programme took over its desk."""

    page_title = _("Record cash")
    header_icon = "download"
    form_class = CashForm
    explanation = _(
        "An open card page of the share is closed first. Nothing is booked before "
        "another person has confirmed it."
    )
    button = _("Record")
    success = _("Recorded. Another person confirms it.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"currency": self.thing.currency_id}

    def get_initial(self) -> dict[str, Any]:
        return {"amount": open_amount(self.thing).amount}

    def act_on(self, thing: Share, **words: Any) -> object:
        return record_cash(thing, **words)


class MatchLineView(ActFormView):
    """A person says whose money a line of the bank is."""

    page_title = _("Match it with a share")
    header_icon = "link"
    form_class = MatchForm
    explanation = _(
        "The money is recorded for that share; another person confirms it. Of a share "
        "that is settled already, what is too much is shown and can go back."
    )
    button = _("Match")
    success = _("Recorded. Another person confirms it.")

    def act_on(self, thing: BankLine, **words: Any) -> object:
        return match_line(thing, **words)


class AdjustView(ActFormView):
    """Asked for by one person here, granted by another on the page of waivers."""

    page_title = _("Lessen the share")
    header_icon = "minus-inverse"
    form_class = AdjustmentForm
    explanation = _("Nothing is booked before another person has granted it.")
    button = _("Request")
    success = _("Requested. Another person grants it.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"currency": self.thing.currency_id}

    def get_initial(self) -> dict[str, Any]:
        return {"amount": open_amount(self.thing).amount}

    def act_on(self, thing: Share, **words: Any) -> object:
        return request_adjustment(thing, **words)


class ReverseView(ActFormView):
    """What was granted is taken back, again by two persons."""

    page_title = _("Undo it")
    header_icon = "undo"
    form_class = ReversalForm
    explanation = _("The share opens again once another person has granted it.")
    button = _("Request")
    success = _("Requested. Another person grants it.")

    def act_on(self, thing: Adjustment, **words: Any) -> object:
        return request_reversal(thing, **words)


class RaiseAnewView(ActFormView):
    """A void fee's venture owes a new one, where it must be in another currency."""

    page_title = _("Raise it anew")
    header_icon = "tag"
    form_class = AnewForm
    explanation = _("The figures are those of the schedule in force today.")
    button = _("Raise")

    def act_on(self, thing: Fee, **words: Any) -> object:
        return raise_fee_anew(thing, **words)


class RequestRefundView(ActFormView):
    """Asked for by one person here, granted by another on the page of refunds."""

    page_title = _("Request a refund")
    header_icon = "undo"
    form_class = RefundForm
    explanation = _(
        "The money goes back the way it came. Nothing is sent before another person "
        "has granted it."
    )
    button = _("Request")
    success = _("Requested. Another person grants it.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"currency": self.thing.currency_id}

    def get_initial(self) -> dict[str, Any]:
        return {"amount": refundable(self.thing).amount}

    def act_on(self, thing: PaymentAttempt, **words: Any) -> object:
        return request_refund(thing, **words)


class RecordRefundSentView(ActFormView):
    """A transfer back, seen on the statement of the programme's own bank."""

    page_title = _("Record that it was sent")
    header_icon = "upload"
    form_class = RefundSentForm
    explanation = _("The payer is told, and the refund is booked.")
    button = _("Record")

    def act_on(self, thing: RefundRequest, **words: Any) -> object:
        return record_refund_sent(thing, **words)
