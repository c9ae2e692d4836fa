"""Health, robots, headers and the quick exit."""

import pytest
from django.conf import settings

from tests.factories import make_user

HEADERS = {
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
}
ADDRESSES = [
    ("/en/", 200),
    ("/en/nothing/", 404),
    ("/", 302),
    ("/static/cms/css/base.css", 200),
    ("/staff/", 302),
    ("/staff/login/", 302),
    ("/robots.txt", 200),
    ("/-/live", 200),
    ("/-/leave", 405),
]


@pytest.mark.parametrize(("address", "status"), ADDRESSES)
def test_s02_every_response_carries_the_headers(client, site_tree, address, status):
    response = client.get(address)

    assert response.status_code == status
    assert HEADERS - set(response.headers) == set()
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy.split("; ")


def test_s02_a_redirect_to_https_carries_the_headers(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    response = client.get("/en/")

    assert response.status_code == 301
    assert HEADERS - set(response.headers) == set()


def test_s02_only_staff_pages_may_be_framed_and_only_by_themselves(client, site_tree):
    public, staff = client.get("/en/"), client.get("/staff/")

    assert "frame-ancestors 'none'" in public["Content-Security-Policy"]
    assert "'unsafe-inline'" not in public["Content-Security-Policy"]
    assert public["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'self'" in staff["Content-Security-Policy"]
    assert staff["X-Frame-Options"] == "SAMEORIGIN"


def test_p13_pages_of_a_member_are_not_kept_by_the_browser(client, site_tree):
    assert "no-store" not in client.get("/en/").get("Cache-Control", "")
    client.force_login(make_user())

    assert "no-store" in client.get("/en/")["Cache-Control"]
    assert "no-store" in client.get("/en/nothing/")["Cache-Control"]


def test_p13_leaving_quickly_signs_out_and_goes_to_the_neutral_place(client, db):
    client.force_login(make_user())

    response = client.post("/-/leave")

    assert response["Refresh"] == f"0; url={settings.QUICK_EXIT_URL}"
    assert "storage" in response["Clear-Site-Data"]
    assert "_auth_user_id" not in client.session


def test_p13_logging_out_clears_what_the_browser_kept(client, site_tree):
    client.force_login(make_user())

    response = client.post("/en/accounts/logout/")

    assert '"storage"' in response["Clear-Site-Data"]
    assert "Clear-Site-Data" not in client.get("/en/")


def test_p13_the_quick_exit_is_on_every_page_of_a_member_and_on_no_other(
    client, site_tree
):
    assert b"data-quick-exit" not in client.get("/en/").content
    client.force_login(make_user())

    assert b"data-quick-exit" in client.get("/en/").content
    assert b"data-quick-exit" in client.get("/ar/safety/").content


def test_a_very_discreet_member_sees_neither_name_nor_mark_in_the_tab(
    client, site_tree
):
    client.force_login(make_user(discretion=3))

    html = client.get("/en/").content.decode()

    assert "<title>My page</title>" in html
    assert "mark.svg" not in html


def test_live_asks_nothing_of_the_database(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/-/live").status_code == 200


def test_ready_means_database_and_migrations(client, db):
    assert client.get("/-/ready").json() == {"status": "ready"}


def test_robots_are_kept_from_what_members_post(client):
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /ar/listings/" in text
    assert "Disallow: /staff/" in text
    assert "Disallow: /en/how-it-works/" not in text


def test_an_editorial_page_costs_few_queries(
    client, site_tree, django_assert_max_num_queries
):
    client.get("/en/safety/")

    with django_assert_max_num_queries(8):
        client.get("/en/safety/")
