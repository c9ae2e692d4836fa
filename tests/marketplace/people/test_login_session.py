"""How long one stays signed in, and what remains afterwards."""

import pytest
from django.contrib.auth.models import Permission
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from marketplace.people.middleware import BEGAN, SEEN, MemberMiddleware

from .doors import log_in, make_member

pytestmark = pytest.mark.django_db

HOUR, DAY = 3600, 24 * 3600
PAGE = "/en/settings/"


def make_staff(**fields):
    user = make_member(is_staff=True, **fields)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


@pytest.fixture(autouse=True)
def several_log_ins_a_minute(settings):
    settings.ACCOUNT_RATE_LIMITS = False


def age(client, *, began=0, seen=0):
    """Let a log-in session look older than it is, by seconds."""
    session = client.session
    session[BEGAN] -= began
    session[SEEN] -= seen
    session.save()


def is_signed_in(client):
    return client.get(PAGE).status_code == 200


@pytest.mark.parametrize(
    ("make", "seconds", "stays"),
    [
        (make_member, 23 * HOUR, True),
        (make_member, 25 * HOUR, False),
        (make_staff, 29 * 60, True),
        (make_staff, 31 * 60, False),
    ],
)
def test_a_log_in_that_is_left_alone_ends(client, make, seconds, stays):
    log_in(client, make())
    age(client, seen=seconds)
    assert is_signed_in(client) is stays


@pytest.mark.parametrize(("days", "stays"), [(13, True), (15, False)])
def test_a_log_in_ends_after_two_weeks_however_busy(client, days, stays):
    log_in(client, make_member())
    age(client, began=days * DAY)
    assert is_signed_in(client) is stays


def test_using_the_site_keeps_one_signed_in(client):
    log_in(client, make_member())
    for _ in range(3):
        age(client, began=20 * HOUR, seen=20 * HOUR)
        assert is_signed_in(client)


def test_who_was_signed_out_is_told_so(client):
    log_in(client, make_member())
    age(client, seen=2 * DAY)
    answer = client.get(PAGE, follow=True)
    assert "You were logged out after some time" in answer.content.decode()


def test_a_new_log_in_begins_a_new_life(client):
    user = make_member()
    log_in(client, user)
    age(client, began=13 * DAY)
    client.post("/en/accounts/logout/")
    log_in(client, user)
    age(client, began=2 * DAY)
    assert is_signed_in(client)


def test_no_page_of_a_member_is_stored(client):
    log_in(client, make_member())
    assert "no-store" in client.get(PAGE).headers["Cache-Control"]


def test_leaving_tells_the_browser_to_forget(client):
    log_in(client, make_member())
    answer = client.post("/en/accounts/logout/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in client.get(reverse("account_login")).headers


def test_a_member_reads_times_in_the_own_zone(client, rf):
    request = rf.get("/")
    request.user = make_member(time_zone="Asia/Hebron")
    request.session = client.session
    zones = []

    def view(request):
        zones.append(timezone.get_current_timezone_name())
        return HttpResponse()

    MemberMiddleware(view)(request)
    assert zones == ["Asia/Hebron"]
