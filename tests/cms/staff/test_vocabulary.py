"""Staff mend the vocabulary."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
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


def file_of(*lines: str) -> SimpleUploadedFile:
    header = "concept\twords_en\twords_he\twords_ar\tsectors\tcapabilities"
    text = "\n".join(["\ufeff" + header, *lines])
    return SimpleUploadedFile("lexicon.tsv", text.encode())


def test_the_lexicon_leaves_as_a_file_and_comes_back(client, staff):
    LexiconEntry.objects.create(concept="stone", words_ar=["حجر", "رخام"])
    staff("view_lexiconentry", "add_lexiconentry", "change_lexiconentry")
    index = client.get(reverse("lexiconentry:index")).content.decode()
    assert reverse("lexiconentry:file") in index
    page = client.get(reverse("lexiconentry:file")).content.decode()
    assert reverse("lexiconentry:download") in page
    text = client.get(reverse("lexiconentry:download")).content.decode("utf-8-sig")
    assert "stone\t\t\tحجر;رخام\t\t" in text
    answer = client.post(
        reverse("lexiconentry:file"), {"file": file_of("stone\tstone\t\tحجر\t\t")}
    )
    assert answer.status_code == 302
    stone = LexiconEntry.objects.get()
    assert (stone.words_en, stone.words_ar) == (["stone"], ["حجر"])


def test_a_trial_changes_nothing_and_names_bad_lines(client, staff):
    staff("add_lexiconentry", "change_lexiconentry")
    file = file_of("stone\tstone\t\t\t\t", "oil\toil\t\t\t9999\t")
    answer = client.post(reverse("lexiconentry:file"), {"file": file, "is_trial": "on"})
    assert "3: oil: sectors knows no 9999" in answer.content.decode()
    assert not LexiconEntry.objects.exists()


@pytest.mark.parametrize("content", [b"no header", b"\xff\xfe", b""])
def test_a_file_that_is_no_lexicon_stays_on_the_page(client, staff, content):
    staff("add_lexiconentry", "change_lexiconentry")
    file = SimpleUploadedFile("lexicon.tsv", content)
    answer = client.post(reverse("lexiconentry:file"), {"file": file})
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]


def test_who_may_not_change_words_takes_no_file(client, staff):
    staff("view_lexiconentry")
    for name in ("file", "download"):
        assert client.get(reverse(f"lexiconentry:{name}")).status_code == 302
