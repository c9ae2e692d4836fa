"""S-17: the staff area opens to a group and a second factor, and to nobody else."""

import csv
import io
import re

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import log

from marketplace.audit.models import Entry
from tests.factories import make_user
from tests.security.addresses import addresses
from tests.security.people import STAFF, show_factor
from tests.security.roles import ASKS_ALL

pytestmark = pytest.mark.django_db

SAMPLES = {"int": "1", "uuid": "1b4e28ba-2fa1-11d2-883f-0016d3cca427"}
# Texts and pictures of the screens themselves: no row of anybody is in them.
LOGIN = "/en/accounts/login/"
OPEN_TO_ALL = {"wagtailadmin_javascript_catalog", "wagtailadmin_sprite"}


def path_of(route: str) -> str:
    """An address of this route, filled with things that need not exist."""
    filled = re.sub(r"<(\w+):\w+>", lambda m: SAMPLES.get(m[1], "x"), route)
    filled = re.sub(r"<\w+>", "x", filled)
    filled = re.sub(r"\(\?P<\w+>[^)]*\)", "1", filled)
    return "/" + re.sub(r"[\^$\\]|\(\)|\?", "", filled)


STAFF_PATHS = {each.key: path_of(each.route) for each in addresses() if each.is_staff}


def signed_in(user, *, with_factor: bool) -> Client:
    browser = Client()
    browser.force_login(user)
    if with_factor:
        show_factor(browser, user)
    return browser


def test_a_visitor_is_led_to_the_log_in_from_every_screen(world):
    browser = Client()
    assert len(STAFF_PATHS) > 200
    for key, path in STAFF_PATHS.items():
        answer = browser.get(path)
        while answer.status_code in (301, 302) and not answer.url.startswith(LOGIN):
            answer = browser.get(answer.url)
        if key in OPEN_TO_ALL or answer.status_code in (404, 405):
            continue
        assert answer.status_code == 302, key
    assert browser.get(LOGIN).status_code == 200


def test_a_member_finds_nothing_there(world):
    browser = signed_in(world.owner.user, with_factor=True)
    nothing = browser.get("/there-is-no-such-page/", follow=True)
    assert nothing.status_code == 404
    for key, path in STAFF_PATHS.items():
        answer = browser.get(path, follow=True)
        assert answer.status_code == 404, key
        assert answer.content == nothing.content, key


def test_being_called_staff_is_not_enough(world):
    browser = signed_in(make_user(is_staff=True), with_factor=True)
    assert browser.get(reverse("wagtailadmin_home"), follow=True).status_code == 404


# One door for all of them: in the gate each screen is asked for by one of the four.
@pytest.mark.parametrize("who", STAFF)
def test_staff_without_a_second_factor_are_led_to_it_from_every_screen(world, who):
    browser = signed_in(world.staff[who], with_factor=False)
    paths = list(STAFF_PATHS.items())
    for key, path in paths if ASKS_ALL else paths[STAFF.index(who) :: len(STAFF)]:
        answer = browser.get(path)
        assert answer.status_code == 302, key
        assert answer.url == reverse("mfa_index"), key


@pytest.mark.parametrize("who", ["reviewer", "finance", "editor", "superuser"])
def test_staff_with_a_second_factor_come_in(world, who):
    browser = signed_in(world.staff[who], with_factor=True)
    assert browser.get(reverse("wagtailadmin_home")).status_code == 200


def test_there_is_no_second_admin():
    assert not apps.is_installed("django.contrib.admin")
    assert not [each for each in addresses() if each.name.startswith("admin:")]


def test_no_api_is_mounted(client, site_tree):
    installed = {config.name for config in apps.get_app_configs()}
    assert not {name for name in installed if name.startswith("wagtail.api")}
    # The one below /staff/ is the page chooser's own and behind the same door.
    public = [each for each in addresses() if not each.is_staff]
    assert not [each for each in public if "api/" in each.route]
    for path in ("/api/v2/pages/", "/api/v3/pages/", "/en/api/v2/pages/"):
        assert client.get(path, follow=True).status_code == 404


@pytest.mark.parametrize("title", ['=HYPERLINK("http://x")', "＝1+1", "@SUM(A1)"])
def test_no_report_of_wagtail_exports_a_formula(world, title):
    """A member's title stands in the history of the site, and staff open it."""
    listing = world.listing
    type(listing).objects.filter(pk=listing.pk).update(title=title)
    listing.refresh_from_db()
    log(listing, "wagtail.edit", user=world.staff["reviewer"])
    browser = signed_in(world.staff["superuser"], with_factor=True)
    answer = browser.get(
        reverse("wagtailadmin_reports:site_history"), {"export": "csv"}
    )
    table = b"".join(answer.streaming_content).decode()
    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    assert f"'{title}" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "＝", "@"))]


EXPORTS = {
    "wagtailadmin_reports:site_history": ("superuser", "csv"),
    "fee:index": ("finance", "xlsx"),
    "journal:index": ("finance", "csv"),
    "lexiconentry:download": ("reviewer", "tsv"),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_every_table_taken_out_is_recorded(world, name):
    """Before it leaves: nobody has read a byte of it here."""
    who, form = EXPORTS[name]
    browser = signed_in(world.staff[who], with_factor=True)
    browser.get(reverse(name))
    taken = Entry.objects.filter(kind=Entry.Kind.EXPORTED)
    assert form == "tsv" or not taken.exists()  # looking at it is no export
    browser.get(reverse(name), {"export": form})
    entry = taken.latest("pk")
    assert entry.by == world.staff[who]
    facts = {"table": name, "form": form}
    assert {key: entry.facts[key] for key in facts} == facts
    assert entry.facts["rows"] >= 0
