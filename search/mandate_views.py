"""An investor writes a mandate, sees what it would have found, and what fits it now."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.listings.models import Listing
from marketplace.mandates.actions import save_mandate
from marketplace.mandates.forms import MandateForm
from marketplace.mandates.models import InvestorMandate
from marketplace.mandates.permissions import can_state
from marketplace.organisations.models import Organisation
from marketplace.people.once import once

from .cards import mandate_cards
from .mandate_lines import whys_of
from .matching.mandate_rows import PREVIEW_DAYS, preview
from .matching.mandates import MandateEvaluator
from .matching.wording import why_between
from .pages import PAGE_SIZE, in_order

PREVIEWED = 10


@login_required
@require_safe
def mandate(request, public_id):
    own = get_object_or_404(
        InvestorMandate.objects.of(request.user).standing().with_conditions(),
        public_id=public_id,
    )
    visible = Listing.objects.visible_to(request.user)
    rows = list(
        own.matches.live().filter(listing__in=visible).order_by("-score", "listing")
    )
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    listings = in_order(visible, [row.listing_id for row in page.object_list])
    context = {
        "mandate": own,
        "cards": mandate_cards(listings, request.user, whys_of(page.object_list)),
        "page": page,
        "may_state": can_state(request.user, own.organisation),
    }
    return render(request, "search/mandate.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request):
    mine = [
        row
        for row in Organisation.objects.of(request.user)
        if can_state(request.user, row)
    ]
    if not mine:
        return redirect("mandates:list")
    language = (get_language() or "en")[:2]
    return _form(request, InvestorMandate(written_in=language), mine)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def edit(request, public_id):
    own = get_object_or_404(
        InvestorMandate.objects.of(request.user).standing().with_conditions(),
        public_id=public_id,
    )
    if not can_state(request.user, own.organisation):
        raise Http404
    return _form(request, own, [own.organisation])


def _form(request, kept, organisations):
    form = MandateForm(request.POST or None, instance=kept, organisations=organisations)
    context = {"form": form, "mandate": kept if kept.pk else None}
    if request.method != "POST":
        return render(request, "search/mandate_form.html", context)
    if not form.is_valid():
        return render(request, "search/mandate_form.html", context, status=422)
    draft = form.save(commit=False)
    if "preview" in request.POST:
        context |= _previewed(request, draft, form)
        return render(request, "search/mandate_form.html", context)
    saved = save_mandate(draft, form.conditions, by=request.user)
    messages.success(request, _("The mandate is at work."))
    return redirect(saved)


def _previewed(request, draft, form):
    """What would have been sent, judged by the very judge that will send."""
    evaluator = MandateEvaluator(
        draft,
        sectors=[sector.code for sector in form.conditions.sectors],
        places=[place.slug for place in form.conditions.places],
    )
    found = preview(evaluator)
    shown = found[:PREVIEWED]
    whys = {}
    for fit in shown:
        reasons = evaluator.reasons(fit.pair, fit.side)
        whys[fit.listing.pk] = why_between(
            fit.pair.score, reasons["there"], reasons["back"]
        )
    visible = Listing.objects.visible_to(request.user)
    listings = in_order(visible, [fit.listing.pk for fit in shown])
    return {
        "previewed": True,
        "days": PREVIEW_DAYS,
        "total": len(found),
        "cards": mandate_cards(listings, request.user, whys),
    }
