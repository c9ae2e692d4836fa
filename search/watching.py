"""Asks what members saved as a search for them, once a day, and tells what is new."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.exceptions import DomainError
from marketplace.listings.models import Listing
from marketplace.notices.actions import notify
from marketplace.organisations.models import Organisation
from marketplace.people.models import User

from .forms import Filters
from .matching.textsearch import search_text
from .models import SavedSearch, SearchTelling
from .notice_kinds import SEARCH_NEWS
from .pages import narrow
from .questions import filters_of, question_of

MOST_SEARCHES = 10
DAY = timedelta(days=1)
# What was published in a transaction still open at the last look counts as later.
OVERLAP = timedelta(hours=1)


@transaction.atomic
def save_search(filters: Filters, *, by: User) -> SavedSearch:
    """Tell this person from now on what is new; safe to repeat."""
    question = question_of(filters)
    if not question:
        raise DomainError(
            _("Choose a filter or write what you look for, to be told of that alone.")
        )
    if len(question) > SavedSearch.LONGEST:
        raise DomainError(_("These are more filters than one alert can hold."))
    own = SavedSearch.objects.select_for_update().filter(user=by)
    kept = {search.question: search for search in own}
    if question not in kept and len(kept) >= MOST_SEARCHES:
        raise DomainError(
            _("You have ten alerts. End one of them under Saved listings first.")
        )
    return (
        kept.get(question)
        or SavedSearch.objects.get_or_create(user=by, question=question)[0]
    )


@transaction.atomic
def drop_search(filters: Filters, *, by: User) -> None:
    """Tell this person no more; safe to repeat."""
    SavedSearch.objects.filter(user=by, question=question_of(filters)).delete()


def tell_searches(now: datetime | None = None) -> int:
    """Look for everybody whose day is over; returns how many were told of something."""
    now = now or timezone.now()
    due = SavedSearch.objects.filter(looked_at__lte=now - DAY, user__is_active=True)
    return sum(_look(pk, now) for pk in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _look(pk: int, now: datetime) -> bool:
    search = SavedSearch.objects.select_for_update().filter(pk=pk).first()
    if search is None or search.looked_at > now - DAY:  # gone, or another looked
        return False
    found = _news(search)
    search.looked_at = now
    search.save(update_fields=["looked_at"])
    if not found:
        return False
    SearchTelling.objects.bulk_create(
        SearchTelling(search=search, listing_id=listing) for listing in found
    )
    notify(search.user, SEARCH_NEWS, url=reverse("search:saved"), number=len(found))
    return True


def _news(search: SavedSearch) -> list[int]:
    """What its owner would find today and had not come out at the last look."""
    filters, reader = filters_of(search.question), search.user
    fresh = (
        Listing.objects.visible_to(reader)
        .filter(first_published_at__gt=search.looked_at - OVERLAP)
        .exclude(organisation__in=Organisation.objects.of(reader))
        .exclude(pk__in=search.tellings.values("listing"))
    )
    among = narrow(fresh, filters)
    if filters.q:
        return list(search_text(filters.q, reader, among=among).ids)
    return list(among.values_list("pk", flat=True))
