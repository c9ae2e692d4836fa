"""Staff mend the vocabulary."""

import pytest
from django.urls import reverse

from marketplace.taxonomy.models import Capability, LexiconEntry, Sector
from tests.factories import make_sector

pytestmark = pytest.mark.django_db


def test_a_sector_keeps_its_code_and_takes_a_better_name(client, staff):
    sector = make_sector("1040", name_en="Old name")
    staff("change_sector")
    words = {"code": "9999", "name_en": "Oils", "name_he": "שמנים", "name_ar": "زيوت"}
    answer = client.post(reverse("sector:edit", args=[sector.pk]), words)
    assert answer.status_code == 302
    sector.refresh_from_db()
    assert (sector.code, sector.name_en) == ("1040", "Oils")


def test_a_sector_is_found_by_its_hebrew_name(client, staff):
    make_sector("1040", name_he="שמן זית")
    make_sector("6201", name_he="תוכנה")
    staff("view_sector")
    html = client.get(reverse("sector:index"), {"q": "שמן"}).content.decode()
    assert "שמן זית" in html
    assert "תוכנה" not in html


def test_trade_words_are_typed_one_a_line(client, staff):
    staff("add_lexiconentry")
    words = {"concept": "olive-press", "words_en": "olive press\r\n\r\n oil mill \n"}
    answer = client.post(reverse("lexiconentry:add"), words)
    assert answer.status_code == 302, answer.context["form"].errors
    assert LexiconEntry.objects.get().words_en == ["olive press", "oil mill"]


def test_a_concept_without_words_is_refused(client, staff):
    staff("add_lexiconentry")
    answer = client.post(reverse("lexiconentry:add"), {"concept": "nothing"})
    assert answer.status_code == 200
    assert not LexiconEntry.objects.exists()


def test_words_come_back_as_they_were_typed(client, staff):
    entry = LexiconEntry.objects.create(concept="stone", words_ar=["حجر", "رخام"])
    staff("change_lexiconentry")
    html = client.get(reverse("lexiconentry:edit", args=[entry.pk])).content.decode()
    assert "حجر\nرخام" in html


def test_who_may_not_change_sees_no_form(client, staff):
    sector = make_sector()
    staff("view_sector")
    answer = client.get(reverse("sector:edit", args=[sector.pk]))
    assert answer.status_code == 302
    assert answer.url == reverse("wagtailadmin_home")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_screen_gives_its_rows_away_as_a_spreadsheet(client, staff, kind):
    Capability.objects.create(
        slug="x", step="supply", name_en="=HYPERLINK(1)", name_he="א", name_ar="ا"
    )
    staff("view_capability")
    answer = client.get(reverse("capability:index"), {"export": kind})
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert b"HYPERLINK" not in body


def test_every_screen_opens(client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("boss@staff.example"))
    Sector.objects.all().delete()
    names = ["sector", "capability", "place", "country", "lexiconentry", "exchangerate"]
    for name in names:
        assert client.get(reverse(f"{name}:index")).status_code == 200
        assert client.get(reverse(f"{name}:add")).status_code == 200
