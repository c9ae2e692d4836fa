"""The payer's pages: what is due, how to pay it, and what came of it."""

from functools import partial

from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from marketplace.people.once import once
from marketplace.refusals import require, shows_refusals
from payments.actions.adjustments import request_waiver
from payments.actions.checkout import open_attempt
from payments.actions.instalments import choose_instalments
from payments.actions.refunds import ask_for_refund
from payments.actions.screening import ask_for_screening
from payments.actions.transfers import ask_for_transfer
from payments.document_faces import document_faces
from payments.downloads import pdf_response
from payments.exceptions import CannotDivide
from payments.faces import asked_for, share_face, share_faces
from payments.forms import WaiverForm
from payments.gateway import GatewayError
from payments.models import Document, PaymentAttempt, Share
from payments.modes import checkout_origin, current_mode
from payments.permissions import can_ask_for_waiver
from payments.references import spoken
from payments.sync import NothingToFetch, sync_attempt

SECONDS_BETWEEN_LOOKS = 3


def own_share(request, public_id):
    shares = Share.objects.of(request.user).distinct()
    return get_object_or_404(shares.select_related("fee__venture"), public_id=public_id)


def _leads_to_checkout(view, request, *args):
    """Chromium applies `form-action` to redirects too, so the card page is named."""
    allow = csp_update({"form-action": [checkout_origin()]})
    return allow(view)(request, *args)


@login_required
@never_cache
@require_safe
def fees(request):
    return render(request, "payments/fees.html", {"shares": share_faces(request.user)})


@login_required
@never_cache
@require_safe
def share(request, public_id):
    return _leads_to_checkout(_share_page, request, own_share(request, public_id))


def _share_page(request, own):
    context = {
        "share": share_face(own, request.user),
        "asked": asked_for(own),
        "documents": document_faces(own.documents.all()),
        "speaks_our_languages": current_mode().speaks_our_languages,
        "fresh_days": settings.VERIFICATION_FRESH_DAYS,
    }
    return render(request, "payments/share.html", context)


@login_required
@require_POST
@shows_refusals
def pay(request, public_id):
    own = own_share(request, public_id)
    address = open_attempt(own, by=request.user, language=get_language())
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


@login_required
@never_cache
@require_safe
def outcome(request, public_id):
    """Where Stripe sends the payer back: what is said here is read from our ledger."""
    attempts = PaymentAttempt.objects.of(request.user).by_card().distinct()
    attempt = get_object_or_404(attempts, public_id=public_id)
    was_answered = _ask_stripe(attempt)
    attempt.refresh_from_db()
    page = partial(_outcome_page, was_answered=was_answered)
    return _leads_to_checkout(page, request, attempt)


def _ask_stripe(attempt):
    """Learn the latest, at most every few seconds; the webhook tells it anyway."""
    if not attempt.is_live or not cache.add(
        f"payments.outcome.{attempt.pk}", True, SECONDS_BETWEEN_LOOKS
    ):
        return True
    try:
        sync_attempt(attempt)
    except (GatewayError, NothingToFetch):
        return False
    return True


def _outcome_page(request, attempt, *, was_answered):
    own = Share.objects.select_related("fee__venture").get(pk=attempt.share_id)
    face = share_face(own, request.user)
    word = _word_for(attempt, face, was_answered=was_answered)
    return render(request, "payments/outcome.html", {"share": face, "outcome": word})


def _word_for(attempt, face, *, was_answered):
    if attempt.state == PaymentAttempt.State.SUCCEEDED:
        return "received"
    if face.is_settled:
        return "settled"
    if not attempt.is_live:
        return "expired"
    if not was_answered:
        return "waiting"
    return "declined" if attempt.error_code else "unpaid"


@login_required
@never_cache
@require_safe
def document(request, public_id):
    """The PDF in the language of the address; its words were frozen when issued."""
    documents = Document.objects.of(request.user).distinct()
    found = get_object_or_404(documents, public_id=public_id)
    return pdf_response(found, get_language())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@shows_refusals
@once
def waiver(request, public_id):
    own = own_share(request, public_id)
    require(can_ask_for_waiver(request.user, own))
    form = WaiverForm(request.POST or None)
    if form.is_valid():
        request_waiver(own, by=request.user, **form.cleaned_data)
        messages.success(request, _("Your request is with the finance team."))
        return redirect(own)
    context = {"share": share_face(own, request.user), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "payments/waiver.html", context, status=status)


@login_required
@require_POST
@shows_refusals
def divide(request, public_id):
    own = own_share(request, public_id)
    count = request.POST.get("count", "")
    if not (count.isascii() and count.isdigit() and len(count) < 3):
        raise CannotDivide
    choose_instalments(own, count=int(count), by=request.user)
    return redirect(own)


@login_required
@require_POST
@shows_refusals
def screening(request, public_id):
    own = ask_for_screening(own_share(request, public_id), by=request.user)
    messages.success(request, _("Your request is with the staff."))
    return redirect(own)


@login_required
@require_POST
@shows_refusals
def refund(request, public_id):
    own = own_share(request, public_id)
    ask_for_refund(own, by=request.user)
    messages.success(request, _("Your request is with the finance team."))
    return redirect(own)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@shows_refusals
def transfer(request, public_id):
    """Asked for by a button; then the page with what to write on the transfer."""
    own = own_share(request, public_id)
    if request.method == "POST":
        own = ask_for_transfer(own, by=request.user)
        if own.currency_id not in settings.PROGRAMME_BANK:
            told = _("The finance team will send you the programme's bank details.")
            messages.success(request, told)
            return redirect(own)
        return redirect("payments:transfer", own.public_id)
    bank = settings.PROGRAMME_BANK.get(own.currency_id)
    face = share_face(own, request.user)
    if own.reference is None or bank is None or not face.is_screened:
        return redirect(own)
    context = {
        "share": face,
        "reference": spoken(own.reference),
        "bank": bank,
    }
    return render(request, "payments/transfer.html", context)
