"""The page of a member's notices."""

import pytest
from django.urls import reverse

from marketplace.notices.actions import notify
from marketplace.notices.kinds import NoticeKind, register
from marketplace.notices.models import Notice
from tests.factories import make_user

pytestmark = pytest.mark.django_db

NEWS = register(NoticeKind("news", "tests", "News of %(title)s.", "News."))


def test_the_list_shows_the_readers_own_notices_only(client):
    reader = make_user(language="ar")
    notify(reader, NEWS, title="Oil")
    notify(make_user(), NEWS, title="Foreign")
    client.force_login(reader)
    page = client.get(reverse("notices:list")).content.decode()
    assert "News of Oil." in page
    assert "Foreign" not in page


def test_looking_at_the_list_changes_nothing(client):
    reader = make_user()
    notify(reader, NEWS, title="Oil")
    client.force_login(reader)
    client.get(reverse("notices:list"))
    assert Notice.objects.unread().count() == 1


def test_the_list_costs_the_same_however_long_it_is(
    client, django_assert_max_num_queries
):
    reader = make_user()
    for number in range(20):
        notify(reader, NEWS, title=str(number))
    client.force_login(reader)
    client.get(reverse("notices:list"))  # the menus are read once in five minutes
    with django_assert_max_num_queries(7):
        client.get(reverse("notices:list"))
