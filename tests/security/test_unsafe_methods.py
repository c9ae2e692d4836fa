"""S-15 and S-16: nothing changes without a token, or by an unknown field.

That no GET changes anything is looked at where every page is read, in `test_leaks`.
"""

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from marketplace.listings.models import Listing
from marketplace.people.models import User
from payments.gateway import get_gateway
from tests.security.fingerprints import changed, fingerprints
from tests.security.people import user_of
from tests.security.roles import Row, address, rows

pytestmark = pytest.mark.django_db

OURS = ("marketplace.", "payments", "cms", "search")
# Stripe signs what it sends, and the link in a mail is signed, instead of a token.
WITHOUT_TOKEN = {"stripe_webhook", "notices:stop"}
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


@pytest.fixture(autouse=True)
def _no_network(settings):
    # Every field of every model is more than a form of people may have.
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
    settings.PAYMENT_GATEWAY = {
        "BACKEND": "tests.security.roles.NoNetwork",
        "OPTIONS": {},
    }
    get_gateway.cache_clear()
    yield
    get_gateway.cache_clear()


def posting_rows() -> list[Row]:
    found = [row for row in rows() if "POST" in row.methods]
    return [row for row in found if row.name not in WITHOUT_TOKEN]


# -- S-15 -------------------------------------------------------------------------


@pytest.mark.parametrize("method", UNSAFE)
def test_no_unsafe_method_goes_through_without_a_token(world, method):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.owner.user)
    before = fingerprints()
    through = {
        row.key: status
        for row in posting_rows()
        if not row.name.startswith("staff/") and row.name != "wagtailadmin_login"
        if (status := browser.generic(method, address(row, world)).status_code) != 403
    }
    assert through == {}
    assert changed(before) == set()


def test_a_page_that_writes_is_noticed(world):
    before = fingerprints()
    User.objects.filter(pk=world.loner.pk).update(alias="changed")
    assert changed(before) == {"people_user"}


# -- S-16 -------------------------------------------------------------------------


def every_field() -> dict[str, str]:
    """The name of every field of every model of ours, with a value that would stick."""
    names = {
        field.name
        for config in apps.get_app_configs()
        if config.name.startswith(OURS)
        for model in config.get_models()
        for field in model._meta.get_fields()
    }
    return dict.fromkeys(sorted(names | {f"{name}_id" for name in names}), "1")


def privileged(world) -> dict[str, object]:
    """What nobody may give oneself by a form."""
    user = User.objects.get(pk=world.owner.user.pk)
    organisation = type(world.owner.organisation).objects.get(
        pk=world.owner.organisation.pk
    )
    listings = Listing.objects.order_by("pk").values_list(
        "pk", "owner", "organisation", "live", "version", "published_on", "expires_at"
    )
    return {
        "user": (user.email, user.is_staff, user.is_superuser, user.is_active),
        "groups": list(user.groups.values_list("pk", flat=True)),
        "organisation": (
            organisation.verification_state,
            organisation.verified_on,
            organisation.slug,
            organisation.public_id,
            organisation.responsiveness,
        ),
        "members": list(organisation.memberships.values_list("user", "role")),
        "listings": list(listings),
        "introductions": _states("introductions.Introduction", "asker", "asked"),
        "ventures": _states("ventures.JointVenture", "proposed_by"),
        "fees": _states("payments.Fee", "total_minor", "state", status=False),
        "shares": _states("payments.Share", "due_minor", "state", status=False),
    }


def _states(label: str, *fields: str, status: bool = True) -> list[tuple]:
    names = ["pk", *fields, *(["status"] if status else [])]
    return list(apps.get_model(label).objects.order_by("pk").values_list(*names))


# Each posts what its own acts change by right; everything else has to stay.
FORMS = {
    "people:settings": None,
    "organisations:edit": "organisation",
    "organisations:invite": "organisation",
    "listings:edit": "listing",
    "listings:photos": "listing",
    "listings:report": "listing",
    "introductions:decline": "asked",
    "introductions:message": "met",
    "ventures:edit": "proposal",
    "payments:waiver": "share",
    "matching:mandate_edit": "mandate",
}


@pytest.mark.parametrize("name", FORMS)
def test_unknown_fields_of_a_form_change_nothing(world, name):
    browser = Client()
    browser.force_login(user_of(world, "owner"))
    row = next(row for row in rows() if row.key == name)
    path = address(row, world)
    page = browser.get(path) if "GET" in row.methods else None
    before = privileged(world)
    form = page.context.get("form") if page is not None and page.context else None
    sent = every_field() | _filled(form)
    answer = browser.post(path, sent)
    assert answer.status_code in (200, 302, 422)
    after = privileged(world)
    if name == "introductions:decline":
        before.pop("introductions")
        after.pop("introductions")
    assert after == before


def _filled(form) -> dict[str, str]:
    """What the form shows to begin with, so that the valid ones go through."""
    if form is None:
        return {}
    values = {bound.html_name: bound.value() for bound in form}
    return {
        name: value
        for name, value in values.items()
        if isinstance(value, str | int | list) and value not in ("", [])
    }


def test_settings_do_go_through_in_that_test(world):
    """The test of the test: the form is accepted, and only its own fields change."""
    browser = Client()
    browser.force_login(world.owner.user)
    form = browser.get(reverse("people:settings")).context["form"]
    sent = every_field() | _filled(form) | {"alias": "A new alias"}
    sent |= {"legal_name": "", "phone": ""}
    assert browser.post(reverse("people:settings"), sent).status_code == 302
    user = User.objects.get(pk=world.owner.user.pk)
    assert (user.alias, user.is_staff) == ("A new alias", False)
