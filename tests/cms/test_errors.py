"""Pages for what went wrong."""

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from cms.errors import server_error, unavailable
from tests.factories import make_user


@pytest.mark.parametrize("language", ["en", "he", "ar"])
def test_a_missing_page_is_told_in_the_language_of_its_address(
    client, site_tree, language
):
    response = client.get(f"/{language}/nothing-here/")

    assert response.status_code == 404
    assert f'<html lang="{language}"' in response.content.decode()


def test_a_404_is_the_same_for_every_address_and_every_person(client, site_tree):
    stranger = client.get("/en/nothing/").content
    other_address = client.get("/en/listings/x/?q=1").content
    client.force_login(make_user())
    member = client.get("/en/nothing/").content

    assert stranger == other_address == member
    assert b"csrf" not in stranger


@pytest.mark.parametrize(("view", "status"), [(server_error, 500), (unavailable, 503)])
def test_faults_are_told_in_three_languages_without_a_database(view, status):
    response = view(RequestFactory().get("/he/"))

    assert response.status_code == status
    html = response.content.decode()
    for language, direction in (("en", "ltr"), ("he", "rtl"), ("ar", "rtl")):
        assert f'lang="{language}" dir="{direction}"' in html


def test_a_database_that_is_away_is_told_apart_from_a_fault(
    client, monkeypatch, settings
):
    def away(*_: object) -> None:
        raise OperationalError("could not connect")

    settings.DEBUG = False
    client.raise_request_exception = False
    monkeypatch.setattr("cms.views.MigrationExecutor", away)
    monkeypatch.setattr("cms.views.DatabaseError", KeyError)

    response = client.get("/-/ready")

    assert response.status_code == 503
    assert response["Retry-After"] == "600"


def test_a_view_that_fails_shows_the_static_page(client, monkeypatch, settings):
    settings.DEBUG = False
    client.raise_request_exception = False
    monkeypatch.setattr("cms.views.MigrationExecutor", None)

    response = client.get("/-/ready")

    assert response.status_code == 500
    assert "משהו השתבש" in response.content.decode()
