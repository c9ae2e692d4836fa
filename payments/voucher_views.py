"""The payer's page of a sponsor's voucher: a code, what it gives, and the press."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from marketplace.exceptions import DomainError
from marketplace.money import Money
from marketplace.people.limits import is_too_often
from marketplace.refusals import require, shows_refusals
from payments.actions.vouchers import offer_of, redeem_voucher
from payments.exceptions import TooManyTries, VoucherNotUsable
from payments.faces import share_face
from payments.permissions import can_pay
from payments.views import own_share
from payments.voucher_forms import VoucherForm

MOST, SECONDS = 10, 600


@login_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@shows_refusals
def voucher(request, public_id):
    own = own_share(request, public_id)
    require(can_pay(request.user, own))
    form, offer = VoucherForm(request.POST or None), None
    if form.is_valid():
        try:
            offer = _act(request, own, form.cleaned_data)
        except VoucherNotUsable as refusal:
            form.add_error("code", str(refusal))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            if offer is None:
                messages.success(request, _("The voucher is redeemed."))
                return redirect(own)
    context = {"share": share_face(own, request.user), "form": form, "offer": offer}
    status = 422 if form.is_bound and offer is None else 200
    return render(request, "payments/voucher.html", context, status=status)


def _act(request, own, words):
    """The offer of a code, or nothing once it was redeemed; every try counts."""
    if is_too_often(request, "voucher", most=MOST, seconds=SECONDS):
        raise TooManyTries
    code, gives = words["code"], words["gives"]
    if gives is None:
        return offer_of(own, code, by=request.user)
    amount = Money(gives, own.currency_id)
    redeem_voucher(own, code, gives=amount, by=request.user)
    return None
