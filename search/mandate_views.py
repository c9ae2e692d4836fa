"""An investor writes a mandate, sees what it would have found, and what fits it now."""

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.introductions.limits import is_resting
from marketplace.listings.models import Listing
from marketplace.mandates.actions import save_mandate
from marketplace.mandates.forms import MandateForm
from marketplace.mandates.models import InvestorMandate
from marketplace.mandates.permissions import can_state
from marketplace.organisations.models import Organisation
from marketplace.people.once import once

from .cards import mandate_cards
from .mandate_lines import changed_in, whys_of
from .matching.mandate_past import PREVIEW_DAYS, preview
from .matching.mandates import MandateEvaluator
from .matching.wording import why_between
from .ordering import BY_POINTS, is_plain, order_of
from .outcomes import note_shown
from .pages import PAGE_SIZE

PREVIEWED = 10


@login_required
@require_safe
def mandate(request, public_id):
    own = get_object_or_404(
        InvestorMandate.objects.of(request.user).standing().with_conditions(),
        public_id=public_id,
    )
    visible = Listing.objects.visible_to(request.user)
    ranking, sides = _ranking(own, visible)
    order = order_of(ranking, request.GET, sides)
    page = Paginator(order.ids, PAGE_SIZE).get_page(request.GET.get("page"))
    keys = page.object_list
    rows = own.matches.filter(listing__in=keys)
    changed = {row.listing_id: changed_in(row) for row in rows}
    cards = mandate_cards(visible, keys, request.user, whys_of(rows), order.lifted)
    note_shown(own, list(cards), first_place=page.start_index())
    context = {
        "mandate": own,
        "cards": [replace(card, changed=changed[key]) for key, card in cards.items()],
        "page": page,
        "is_plain": is_plain(request.GET),
        "query": BY_POINTS if is_plain(request.GET) else "",
        "may_state": can_state(request.user, own.organisation),
    }
    return render(request, "search/mandate.html", context)


def _ranking(own, visible):
    """What fits and takes requests, best first, and of which part of the market."""
    passive = visible.exclude(is_resting())
    rows = own.matches.live().filter(listing__in=passive).order_by("-score", "listing")
    rows = list(rows.values_list("listing", "score", "listing__organisation__side"))
    ranking = [(pk, score) for pk, score, _side in rows]
    return ranking, {pk: side for pk, _score, side in rows}


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
    evaluator = _evaluator(draft, form)
    found = preview(evaluator, request.user)
    wants_to_see = "preview" in request.POST
    is_warned = "anyway" in request.POST
    if wants_to_see or (found.is_broad and not is_warned):
        context |= _previewed(request, evaluator, found)
        status = 200 if wants_to_see else 422
        return render(request, "search/mandate_form.html", context, status=status)
    saved = save_mandate(draft, form.conditions, by=request.user)
    messages.success(request, _("The mandate is at work."))
    return redirect(saved)


def _evaluator(draft, form):
    """The very judge that will send."""
    return MandateEvaluator(
        draft,
        sectors=[sector.code for sector in form.conditions.sectors],
        places=[place.slug for place in form.conditions.places],
    )


def _previewed(request, evaluator, found):
    visible = Listing.objects.visible_to(request.user)
    first = {fit.listing.pk: fit for fit in found.fits[:PREVIEWED]}
    whys = {}
    for pk, fit in first.items():
        reasons = fit.reasons(evaluator)
        whys[pk] = why_between(fit.pair.score, reasons["there"], reasons["back"])
    cards = mandate_cards(visible, list(first), request.user, whys)
    return {
        "previewed": True,
        "days": PREVIEW_DAYS,
        "total": len(found.fits),
        "seen": found.seen,
        "is_broad": found.is_broad,
        "cards": [(card, first[key].is_changed) for key, card in cards.items()],
    }
