"""A reviewer at the staff's screens, signed in with a second factor."""

import time

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.contrib.auth.models import Group
from django.urls import reverse
from playwright.sync_api import Page
from wagtail.admin.admin_url_finder import AdminURLFinder

from cms.site_setup.staff import REVIEWERS
from marketplace.listings.actions import approve_listing
from marketplace.listings.models import Listing
from marketplace.listings.review import READERS
from marketplace.organisations.models import Organisation, Side
from tests.journeys.person import PASSWORD, make_account
from tests.reviewing import reader_for


class Reviewer:
    """Reads what members hand in for one side; a colleague reads for the other."""

    SIDE = Side.ISRAELI

    def __init__(self, page: Page) -> None:
        self.page = page
        self.user = make_account("en", is_staff=True)
        names = (REVIEWERS, READERS[self.SIDE])
        self.user.groups.add(*Group.objects.filter(name__in=names))
        self.secret = generate_totp_secret()
        TOTP.activate(self.user, self.secret)

    def sign_in(self) -> None:
        page = self.page
        page.goto(f"{reverse('account_login')}?next={reverse('wagtailadmin_home')}")
        page.locator("[name=login]").fill(self.user.email)
        page.locator("[name=password]").fill(PASSWORD)
        self._send()
        page.locator("[name=code]").fill(self._code())
        self._send()

    def _send(self) -> None:
        with self.page.expect_navigation():
            self.page.locator("main form.form button[type=submit]").first.click()

    def _code(self) -> str:
        counter = int(time.time()) // app_settings.TOTP_PERIOD
        return format_hotp_value(hotp_value(self.secret, counter))

    def verify(self, organisation: Organisation) -> None:
        self.page.goto(AdminURLFinder(self.user).get_edit_url(organisation))
        decision = self.page.locator("select[name=decision]")
        decision.select_option("verified:register_checked")
        with self.page.expect_navigation():
            decision.locator("xpath=ancestor::form").locator(
                "[type=submit]:not([name=reveal])"
            ).click()

    def approve(self, listing: Listing) -> None:
        """On the screen, before or after the colleague, as the listing's side says."""
        if listing.organisation.side == self.SIDE:
            self._read(listing)
            approve_listing(listing, by=reader_for(Side.PALESTINIAN))
        else:
            approve_listing(listing, by=reader_for(Side.PALESTINIAN))
            self._read(listing)

    def _read(self, listing: Listing) -> None:
        self.page.goto(AdminURLFinder(self.user).get_edit_url(listing))
        approve = self.page.locator("[data-workflow-action-name=approve]").first
        if not approve.is_visible():
            self.page.locator("footer [data-w-dropdown-target=toggle]").first.click()
        with self.page.expect_navigation():
            approve.click()
