"""S-01 in the staff area: each address has a row, and opens to whom its row names."""

import re

import pytest
from wagtail.users.utils import get_gravatar_url

from tests.security.addresses import Address, addresses
from tests.security.people import STAFF
from tests.security.staff_rows import ANY, CLOSED, speaking, staff_rows
from tests.security.test_staff_area import path_of, signed_in

ROWS = staff_rows()
SCREENS = [each for each in addresses() if each.is_staff]
# Wagtail's tests raise on purpose; leaving is no screen.
UNASKED = {"wagtailadmin_error_test", "wagtailadmin_logout"}


def undeclared(screens: list[Address]) -> set[str]:
    return {each.key for each in screens if not speaking(each, ROWS)}


def is_asked(address: Address) -> bool:
    """Screens without an argument; a list's results are the list's own view again."""
    takes = address.takes or "<" in address.route or "(?P" in address.route
    return not (takes or address.key in UNASKED or address.name.endswith("_results"))


def test_every_staff_screen_has_exactly_one_row():
    assert undeclared(SCREENS) == set()
    assert [each.key for each in SCREENS if len(speaking(each, ROWS)) > 1] == []


def test_every_row_and_every_screen_it_names_is_there():
    spoken_for = {
        (row.name, each.name.rpartition(":")[2])
        for each in SCREENS
        for row in speaking(each, ROWS)
    }
    assert {row.name for row in ROWS} == {name for name, _screen in spoken_for}
    named = {
        (row.name, screen)
        for row in ROWS
        for screen in {*(row.screens or ()), *row.but} - {ANY}
    }
    assert named <= spoken_for


@pytest.mark.parametrize("name", ["secrets:index", "voucher:secrets", "wagtailsecrets"])
def test_a_new_screen_fails_until_it_is_declared(name):
    planted = Address(f"staff/{name}/", name, frozenset())
    assert undeclared([*SCREENS, planted]) == {name}


@pytest.mark.django_db
def test_each_screen_opens_to_whom_its_row_names(world):
    browsers = {who: signed_in(world.staff[who], with_factor=True) for who in STAFF}
    wrong = []
    for each in SCREENS:
        if not is_asked(each):
            continue
        [row] = speaking(each, ROWS)
        opens = row.opens_to(each)
        expected = set() if opens == CLOSED else {*opens, "superuser"}
        came_in = {
            who
            for who, browser in browsers.items()
            if browser.get(path_of(each.route)).status_code == 200
        }
        if came_in != expected:
            wrong.append(f"{each.key}: {sorted(came_in)} instead of {sorted(expected)}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/staff/", "/staff/users/"])
def test_staff_screens_ask_nobody_outside(world, path):
    """No faces from Gravatar by a hash of an address, no look for Wagtail's news."""
    assert get_gravatar_url("reviewer@programme.example") is None
    browser = signed_in(world.staff["superuser"], with_factor=True)
    page = browser.get(path).content.decode()
    fetched = re.findall(r'(?<![\w-])(?:src|srcset|action|poster)="([^"]+)"', page)
    fetched += re.findall(r'<link\b[^>]*\bhref="([^"]+)"', page)
    assert fetched
    assert [each for each in fetched if re.match(r"(?:\w+:)?//", each)] == []
    assert "w-upgrade" not in page
    assert "gravatar" not in page
