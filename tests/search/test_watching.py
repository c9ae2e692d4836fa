"""A saved search tells its owner once what is new, and of nothing it may not find."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.exceptions import DomainError
from marketplace.introductions.actions import block_owner
from marketplace.notices.models import Notice
from search.forms import Filters
from search.indexing import drain, record_changes
from search.models import SavedSearch
from search.questions import filters_of, question_of
from search.watching import MOST_SEARCHES, drop_search, save_search, tell_searches
from tests.factories import make_listing, make_member, make_organisation

pytestmark = pytest.mark.django_db
IN_ARABIC = Filters(languages=("ar",))


@pytest.fixture
def reader():
    return make_member(make_organisation(side="il"))


def publish(**fields):
    """A listing that came out just now."""
    fields.setdefault("languages", ["ar"])
    organisation = fields.pop("organisation", None) or make_organisation(side="ps")
    return make_listing(organisation, first_published_at=timezone.now(), **fields)


def told(reader):
    notices = Notice.objects.filter(recipient=reader, kind="search.search_news")
    return [notice.parameters["number"] for notice in notices.order_by("pk")]


def tomorrow(days: int = 1):
    return timezone.now() + timedelta(days=days, minutes=1)


def test_what_is_new_is_told_once_and_not_before_a_day_is_over(reader):
    make_listing(
        languages=["ar"], first_published_at=timezone.now() - timedelta(days=3)
    )
    save_search(IN_ARABIC, by=reader)
    publish()
    publish(languages=["he"])
    assert tell_searches() == 0
    assert tell_searches(tomorrow()) == 1
    assert tell_searches(tomorrow(2)) == tell_searches(tomorrow(3)) == 0
    assert told(reader) == [1]


def test_a_question_in_words_is_asked_as_the_search_page_asks_it(reader):
    save_search(Filters(q="glass bottles"), by=reader)
    right = publish(title="Glass bottles for oil", brings=["glass bottles"])
    wrong = publish(title="Solar panels", brings=["solar panels"])
    record_changes([right.pk, wrong.pk], "a test")
    drain()
    tell_searches(tomorrow())
    assert told(reader) == [1]


def test_nobody_is_told_of_ones_own_or_of_what_one_may_not_find(reader):
    save_search(IN_ARABIC, by=reader)
    mine = reader.memberships.get().organisation
    own = publish(organisation=mine, anonymous=False)
    blocked = publish(anonymous=False)
    block_owner(own, by=blocked.owner, organisation=blocked.organisation)
    publish(live=False)
    assert tell_searches(tomorrow()) == 0
    assert told(reader) == []


def test_who_may_not_log_in_is_not_told(reader):
    save_search(IN_ARABIC, by=reader)
    publish()
    reader.is_active = False
    reader.save()
    assert tell_searches(tomorrow()) == 0


def test_the_same_question_is_one_however_it_is_written(reader):
    first = Filters(languages=("he", "ar"), sectors=("62", "10"), sort="closing")
    second = Filters(languages=("ar", "he"), sectors=("10", "62"))
    assert question_of(first) == question_of(second)
    assert filters_of(question_of(first)) == Filters(
        languages=("ar", "he"), sectors=("10", "62")
    )
    assert save_search(first, by=reader) == save_search(second, by=reader)
    drop_search(first, by=reader)
    assert not SavedSearch.objects.exists()


def test_everything_too_much_and_too_many_are_refused(reader):
    for filters in (
        Filters(sort="newest"),
        Filters(places=tuple(f"{number}{'x' * 60}" for number in range(20))),
    ):
        with pytest.raises(DomainError):
            save_search(filters, by=reader)
    for number in range(MOST_SEARCHES):
        save_search(Filters(q=str(number)), by=reader)
    with pytest.raises(DomainError):
        save_search(Filters(q="one more"), by=reader)
    save_search(Filters(q="0"), by=reader)
    assert SavedSearch.objects.count() == MOST_SEARCHES


def test_the_button_stands_where_a_member_has_asked_for_something(client, site_tree):
    reader = make_member(make_organisation())
    address, alert = reverse("search:listings"), reverse("search:alert")
    assert alert not in client.get(address, {"q": "oil"}).content.decode()
    client.force_login(reader)
    assert alert not in client.get(address).content.decode()
    assert alert in client.get(address, {"q": "oil"}).content.decode()


def test_a_member_saves_a_search_finds_it_again_and_ends_it(client, reader):
    client.force_login(reader)
    alert, saved = reverse("search:alert"), reverse("search:saved")
    for _ in range(2):
        client.post(alert, {"question": "q=olive+oil&lang=ar"})
    page = client.get(saved).content.decode()
    assert "<bdi>olive oil</bdi>" in page
    assert "?q=olive+oil&amp;lang=ar&amp;sort=newest" in page
    client.force_login(make_member(make_organisation()))
    client.post(alert, {"question": "q=olive+oil&lang=ar", "end": "1"})
    assert "olive oil" not in client.get(saved).content.decode()
    assert SavedSearch.objects.get().user == reader
    client.force_login(reader)
    client.post(alert, {"question": "q=olive+oil&lang=ar", "end": "1"})
    assert not SavedSearch.objects.exists()
