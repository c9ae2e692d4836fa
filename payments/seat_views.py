"""The pages of an investor seat: plans, how it stands, ending and keeping it."""

from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from marketplace.organisations.models import Organisation
from marketplace.refusals import shows_refusals
from payments.actions.free_seats import take_free_seat
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
from payments.seat_faces import plan_face, seat_faces
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
    if plan.is_free_for(organisation):
        take_free_seat(organisation, plan, by=request.user)
        messages.success(request, _("The seat is open, free of charge for a year."))
        return redirect("payments:seats")
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


def _button(act, said):
    """A press that changes a seat: done by its action, said, and back to the page."""

    @login_required
    @require_POST
    @shows_refusals
    def pressed(request, public_id):
        act(_own(request, public_id), by=request.user)
        messages.success(request, said)
        return redirect("payments:seats")

    return pressed


def _way_to(open_page):
    """A press that leads on to a page of Stripe or of the payer's bank."""

    @login_required
    @require_POST
    @shows_refusals
    def pressed(request, public_id):
        row = _own(request, public_id)
        return _see(open_page(row, by=request.user, language=get_language()))

    return pressed


cancel = _button(
    cancel_seat, gettext_lazy("The seat is not renewed. Until then nothing changes.")
)
keep = _button(keep_seat, gettext_lazy("The seat goes on."))
keep_present = _button(keep_plan, gettext_lazy("The present plan goes on."))
card = _way_to(open_card_page)
confirm = _way_to(open_bank_page)
