"""Staff read words, in their language: no code, no Python, no English name of a field."""

import re
from datetime import timedelta
from pathlib import Path

import polib
import pytest
import wagtail
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from wagtail.admin.viewsets import viewsets

from cms.staff.words_of_wagtail import WORDS
from payments.matters import note
from payments.models import Discrepancy, Dispute, Fee, PaymentAttempt
from tests.factories import make_listing, make_organisation
from tests.payments.rows import make_fee, payer_of

pytestmark = pytest.mark.django_db
OURS = {"cms", "marketplace", "payments", "search"}


@pytest.fixture
def everything(staff):
    """Sign in somebody who may see every screen."""
    return staff(*Permission.objects.values_list("codename", flat=True))


def _shown_by(screen) -> set[str]:
    """The names of fields that a list, its filters, its export or its facts show."""
    named = ("list_display", "list_filter", "list_export", "inspect_view_fields")
    found = [getattr(screen, name, None) for name in named]
    return {
        field
        for fields in found
        if isinstance(fields, list | tuple | dict)
        for field in fields
        if isinstance(field, str)
    }


def test_every_field_on_a_staff_screen_has_a_name_that_is_translated():
    assert reverse("fee:index")  # the addresses bring the screens along
    english = set()
    for screen in viewsets.viewsets:
        model = getattr(screen, "model", None)
        if not isinstance(model, type):
            continue
        if model.__module__.partition(".")[0] not in OURS:
            continue
        names = {field.name: field for field in model._meta.concrete_fields}
        english |= {
            f"{model._meta.label}.{name}"
            for name in _shown_by(screen) & names.keys()
            if not isinstance(names[name].verbose_name, Promise)
        }
        if not isinstance(model._meta.verbose_name, Promise):
            english.add(model._meta.label)

    assert english == set()


def test_facts_are_told_in_words(client, everything):
    organisation = make_organisation(traits=["women_led"], languages=["ar", "he"])
    shown = client.get(reverse("organisation:inspect", args=[organisation.pk]))
    text = shown.content.decode()

    assert "Women-led" in text
    assert "Arabic and Hebrew" in text
    assert "women_led" not in text
    assert not re.search(r">\s*(None|True|False)\s*<", text)


def test_a_day_to_come_stands_there_as_a_day(client, everything):
    Fee.objects.filter(pk=make_fee().pk).update(due_on="2031-03-09")

    for screen in ("fee:index", "share:index"):
        text = client.get(reverse(screen)).content.decode()
        assert "9 March 2031" in text, screen
        assert "ust now" not in text, screen


def test_a_matter_of_the_list_leads_to_its_page(client, everything):
    matter = note(Discrepancy.Kind.OVERDUE, "share:one")

    text = client.get(reverse("discrepancy:index")).content.decode()

    assert reverse("discrepancy:inspect", args=[matter.pk]) in text


def test_the_processors_words_are_told_in_ours_where_they_are_known(client, everything):
    share = make_fee().shares.first()
    attempt = PaymentAttempt.objects.create(
        share=share,
        amount_minor=share.due_minor,
        currency=share.currency,
        language="en",
        mode="sandbox",
        started_by=payer_of(share),
    )
    dispute = Dispute.objects.create(
        dispute_id="dp_1",
        attempt=attempt,
        currency=share.currency,
        amount_minor=100,
        status="needs_response",
        reason="a_word_to_come",
        opened_at=timezone.now(),
        answer_by=timezone.now() + timedelta(days=7),
    )

    for address in (
        reverse("dispute:index"),
        reverse("dispute:inspect", args=[dispute.pk]),
    ):
        text = client.get(address).content.decode()
        assert "waits for our answer" in text.lower()
        assert "needs_response</" not in text
        assert "a_word_to_come" in text


def test_a_list_names_the_language_of_each_listing(client, everything):
    make_listing(make_organisation(), written_in="ar")

    text = client.get(reverse("wagtailsnippets_listings_listing:list")).content.decode()

    assert "Arabic" in text


def test_every_word_of_wagtails_is_still_one_it_says():
    root = Path(wagtail.__file__).parent
    said = {
        entry.msgid
        for path in root.glob("**/locale/en/LC_MESSAGES/django.po")
        for entry in polib.pofile(str(path))
    }

    assert set(WORDS) - said == set()


@pytest.mark.parametrize(
    ("language", "said"), [("he", "לוח בקרה"), ("ar", "لوحة التحكم")]
)
def test_the_staff_area_speaks_the_language_of_its_reader(
    client, everything, settings, language, said
):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    text = client.get(reverse("wagtailadmin_home")).content.decode()

    assert f'lang="{language}" dir="rtl"' in text
    assert said in text
