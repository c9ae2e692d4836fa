"""The staff's own screens: what we put on them bars nobody and speaks one language."""

import os

import pytest
from django.urls import reverse

from marketplace.people.models import User
from payments.matters import note
from payments.models import Discrepancy
from tests.journeys.looking import barriers_in
from tests.journeys.person import make_account
from tests.journeys.test_pages_look import Affairs, log_in, make_affairs
from tests.journeys.untranslated import english_in

# Wagtail has the least Hebrew, so the gate looks there.
LANGUAGES = ("he", "ar") if os.environ.get("LOOK_AT") == "all" else ("he",)
# Cells hold what members wrote, in any language.
OUR_WORDS = "#main :is(h2, h3, th, dt, label, legend, .button, .help)"
LISTS = (
    *("work", "organisation", "introduction", "jointventure", "facilitator"),
    *("who_meets_whom", "money", "fee", "share", "refundrequest", "discrepancy"),
    *("journal", "crisis_refunds", "bank_import", "entry", "contact", "parity"),
    *("demand", "curatedmatch", "suggest_match"),
)


def addresses(affairs: Affairs) -> dict[str, str]:
    home = affairs.own.organisation
    return {name: reverse(f"{name}:index") for name in LISTS} | {
        "home": reverse("wagtailadmin_home"),
        "organisation-facts": reverse("organisation:inspect", args=[home.pk]),
        "verify": reverse("organisation:verify", args=[home.pk]),
        "share-facts": reverse("share:inspect", args=[affairs.share.pk]),
        "record": reverse("share:record", args=[affairs.share.pk]),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screens_of_staff_bar_nobody_and_speak_one_language(
    site, browsers, settings, language
):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    affairs = make_affairs(language)
    note(Discrepancy.Kind.OVERDUE, f"share:{affairs.share.public_id}")
    officer = make_account(language, is_staff=True)
    # The first page greets by alias, which is anybody's own word.
    User.objects.filter(pk=officer.pk).update(is_superuser=True, alias="נועה")
    page = browsers.open(site, language)
    log_in(page, officer.email, language)

    faults = []
    for name, address in addresses(affairs).items():
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"{name}: {answer.status}"
        faults += [f"{name}: {fault}" for fault in barriers_in(page, "#main")]
        faults += [
            f"{name}: in English: {text}" for text in english_in(page, OUR_WORDS)
        ]

    assert not faults, "\n".join(faults)
