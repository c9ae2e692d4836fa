"""The pages of an investor seat: plans, how it stands, ending and keeping it."""

from csp.decorators import csp_update
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

from marketplace.organisations.models import Organisation
from marketplace.refusals import shows_refusals
from payments.actions.seat_changes import (
    change_plan,
    keep_plan,
    open_bank_page,
    open_card_page,
    quote_change,
)
from payments.actions.seats import cancel_seat, keep_seat, open_seat_page
from payments.gateway import GatewayError
from payments.models import Plan, SeatChange, Subscription
from payments.modes import bill_origin, checkout_origin, current_mode
from payments.seat_faces import plan_face, plan_faces, seat_faces
from payments.seat_sync import sync_subscription
from payments.views import SECONDS_BETWEEN_LOOKS


def _own(request, public_id):
    rows = Subscription.objects.of(request.user).distinct()
    return get_object_or_404(rows.select_related("organisation"), public_id=public_id)


@login_required
@never_cache
@require_safe
def seats(request):
    allow = csp_update({"form-action": [checkout_origin(), bill_origin()]})
    return allow(_seats)(request)


def _seats(request):
    context = {
        "seats": seat_faces(request.user),
        "plans": plan_faces(),
        "speaks_our_languages": current_mode().speaks_our_languages,
    }
    return render(request, "payments/seats.html", context)


@login_required
@require_POST
@shows_refusals
def take(request, public_id):
    own = Organisation.objects.of(request.user).distinct()
    organisation = get_object_or_404(own, public_id=public_id)
    plan = get_object_or_404(Plan, key=request.POST.get("plan", "")[:40])
    address = open_seat_page(
        organisation, plan, by=request.user, language=get_language()
    )
    return _see(address)


def _see(address):
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


@login_required
@never_cache
@require_safe
def came_back(request, public_id):
    """Where Stripe sends the person back: what is said then is read from our row."""
    row = _own(request, public_id)
    if cache.add(f"payments.seat.{row.pk}", True, SECONDS_BETWEEN_LOOKS):
        try:
            sync_subscription(row)
        except GatewayError:
            messages.info(request, _("The bank has not answered yet. Look again soon."))
    return redirect("payments:seats")


@login_required
@require_POST
@shows_refusals
def cancel(request, public_id):
    cancel_seat(_own(request, public_id), by=request.user)
    messages.success(request, _("The seat is not renewed. Until then nothing changes."))
    return redirect("payments:seats")


@login_required
@require_POST
@shows_refusals
def keep(request, public_id):
    keep_seat(_own(request, public_id), by=request.user)
    messages.success(request, _("The seat goes on."))
    return redirect("payments:seats")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@shows_refusals
def change(request, public_id):
    """Another plan: first what it takes at once, then, agreed to, done."""
    row = _own(request, public_id)
    if request.method == "POST":
        return _changed(request, row)
    plan = get_object_or_404(Plan, key=request.GET.get("plan", "")[:40])
    quote = quote_change(row, plan, by=request.user)
    context = {
        "public_id": row.public_id,
        "until": row.period_end,
        "plan": plan_face(plan),
        "quote": quote,
        "is_trial": row.status == "trialing" and not quote.due.minor,
    }
    return render(request, "payments/seat_change.html", context)


def _changed(request, row):
    made = change_plan(row, mark=request.POST.get("mark", ""), by=request.user)
    if made.state == SeatChange.State.DONE:
        messages.success(request, _("The seat has the new plan."))
    elif made.from_next:
        messages.success(request, _("The new plan begins with the next period."))
    else:
        row.refresh_from_db()
        told = _("The card did not pay for the new plan, so nothing has changed yet.")
        if row.asks_bank:
            told = _("Your bank asks you to confirm the payment for the new plan.")
        messages.warning(request, told)
    return redirect("payments:seats")


@login_required
@require_POST
@shows_refusals
def keep_present(request, public_id):
    keep_plan(_own(request, public_id), by=request.user)
    messages.success(request, _("The present plan goes on."))
    return redirect("payments:seats")


@login_required
@require_POST
@shows_refusals
def card(request, public_id):
    row = _own(request, public_id)
    return _see(open_card_page(row, by=request.user, language=get_language()))


@login_required
@require_POST
@shows_refusals
def confirm(request, public_id):
    """On to the page where the payer's bank is answered."""
    row = _own(request, public_id)
    return _see(open_bank_page(row, by=request.user, language=get_language()))
