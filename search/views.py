"""Finding: the search page, the matches of an own listing, what was put aside."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.introductions.limits import is_resting
from marketplace.listings.models import Listing
from marketplace.people.limits import is_too_often
from marketplace.refusals import own_page, shows_refusals

from .bookmarks import keep_aside
from .cards import cards_of
from .chips import chips_of
from .demand import note_unmet
from .forms import AROUND, KINDS, LONGEST_ADDRESS, LONGEST_QUESTION, SORTS, filters_in
from .matching.pairs import pairs_of
from .models import SavedListing, SavedSearch
from .ordering import BY_POINTS, is_plain, order_of
from .outcomes import note_shown
from .pages import NEWEST, PAGE_SIZE, results_for
from .questions import filters_of, line_of, question_of
from .suggestions import meant_by, suggestions
from .watching import drop_search, save_search

FEW_FOUND = 3
"""So few answers to a line of words suggest that one of them was typed wrongly."""
WORDS_A_SEARCH = 6


@require_safe
def listings(request):
    # Every link on the page repeats the question: a megabyte would become many.
    if len(request.META["QUERY_STRING"]) > LONGEST_ADDRESS:
        raise BadRequest("a question longer than any address")
    filters = filters_in(request.GET)
    if filters.q and is_too_often(
        request, "search", most=settings.SEARCHES_A_MINUTE, seconds=60
    ):
        response = render(request, "search/too_often.html", status=429)
        response["Retry-After"] = "60"
        return response
    results = results_for(filters, request.user, _page_number(request))
    if results.own is not None:
        note_shown(results.own, results.shown, first_place=results.page.start_index())
    if not results.total:
        note_unmet(filters)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "filters": filters,
        "results": results,
        "chips": chips_of(filters, results.facets, request.GET),
        "kinds": KINDS,
        "sorts": SORTS,
        "around": AROUND,
        "meant": _meant(filters, results, request.user),
        "query": query.urlencode(),
        "question": question_of(filters),
        "clear_url": reverse("search:listings")
        + ("?" + urlencode({"q": filters.q}) if filters.q else ""),
    }
    template = "search/_results.html" if request.htmx else "search/listings.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _meant(filters, results, viewer):
    few = filters.q and results.total < FEW_FOUND
    return meant_by(filters.q, viewer) if few else ""


@require_safe
def words(request):
    """The options that finish what stands in the search box."""
    found = []
    text = request.GET.get("q", "")[:LONGEST_QUESTION].replace("\x00", "")
    most = WORDS_A_SEARCH * settings.SEARCHES_A_MINUTE
    if not is_too_often(request, "words", most=most, seconds=60):
        found = suggestions(text, request.user)
    return render(request, "search/_words.html", {"words": found})


def _page_number(request):
    number = request.GET.get("page", "")
    return int(number) if number.isdecimal() and len(number) < 6 else 1


@login_required
@require_safe
def matches(request, public_id):
    own = get_object_or_404(
        Listing.objects.owned_by(request.user).select_related("organisation", "place"),
        public_id=public_id,
    )
    visible = Listing.objects.visible_to(request.user)
    passive = visible.exclude(is_resting())
    pairs = pairs_of(own, passive)
    ranking = [(key, pair.score) for key, pair in pairs.items()]
    order = order_of(ranking, request.GET)
    page = Paginator(order.ids, PAGE_SIZE).get_page(request.GET.get("page"))
    cards = cards_of(
        visible, page.object_list, request.user, pairs, order.lifted, seen_from=own
    )
    note_shown(own, list(cards), first_place=page.start_index())
    context = {
        "own": own,
        "cards": list(cards.values()),
        "page": page,
        "is_plain": is_plain(request.GET),
        "query": BY_POINTS if is_plain(request.GET) else "",
    }
    return render(request, "search/matches.html", context)


@login_required
@require_safe
def saved(request):
    aside = SavedListing.objects.filter(user=request.user).values("listing")
    visible = Listing.objects.visible_to(request.user)
    rows = visible.filter(pk__in=aside).order_by(*NEWEST).values_list("pk", flat=True)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    cards = cards_of(visible, list(page.object_list), request.user)
    searches = SavedSearch.objects.filter(user=request.user)
    context = {
        "cards": list(cards.values()),
        "searches": [line_of(search.question) for search in searches],
        "page": page,
    }
    return render(request, "search/saved.html", context)


@login_required
@require_POST
@shows_refusals
def alert(request):
    """Save a search to be told of what is new in it, or end that."""
    filters = filters_of(request.POST.get("question", "")[:LONGEST_ADDRESS])
    if "end" in request.POST:
        drop_search(filters, by=request.user)
        messages.success(request, _("Ended. You are not told of this any more."))
        return redirect("search:saved")
    save_search(filters, by=request.user)
    messages.success(
        request, _("Saved. Once a day we tell you what is new in this search.")
    )
    return redirect("search:saved")


@login_required
@require_POST
def save(request, public_id):
    listing = get_object_or_404(
        Listing.objects.visible_to(request.user), public_id=public_id
    )
    is_saved = "put_back" not in request.POST
    keep_aside(listing, by=request.user, is_saved=is_saved)
    if request.htmx:
        return render(
            request,
            "search/_save.html",
            {
                "public_id": listing.public_id,
                "save_url": request.path,
                "is_saved": is_saved,
            },
        )
    return redirect(own_page(request, request.POST.get("next", "")) or "search:saved")
