"""The files of documents: read out, looked at, the same for the same facts."""

from itertools import pairwise

import pypdfium2 as pdfium
import pytest

from payments.documents import _drawn, render

SAMPLE = {
    "reference": "SANDBOX-R-2026-00012",
    "kind": "receipt",
    "mode": "sandbox",
    "amount_minor": 12_340_50,
    "currency": "USD",
    "due_on": "2026-12-25",
    "occurred_on": "2026-11-25",
    "issued_on": "2026-11-26",
    "way": "bank_transfer",
    "invoice": "SANDBOX-I-2026-00003",
    "what": "share",
    "fee": "f",
    "payer": "Olive Mill Ltd",
    "payer_registration": "51-234567-8",
    "issuer": {
        "name": "Gesher · Jisr",
        "address": "",
        "dealer_number": "512345678",
        "vat_number": "",
    },
    "vat_percent": 0,
}


def page_of(pdf):
    return pdfium.PdfDocument(pdf)[0]


def text_of(pdf):
    return page_of(pdf).get_textpage().get_text_bounded()


TITLES = {"en": "Receipt", "he": "קבלה", "ar": "إيصال"}
PAYERS = {"en": "Olive Mill Ltd", "he": "בית הבד בע״מ", "ar": "شركة معصرة الزيتون"}


@pytest.mark.parametrize("language", ["he", "ar"])
def test_what_people_wrote_runs_in_its_own_direction(language):
    address = "12 Harbour Street, Limassol."
    issuer = SAMPLE["issuer"] | {"address": address}
    text = text_of(render(SAMPLE | {"issuer": issuer, "payer": "3 Mills."}, language))
    assert address in text
    assert "3 Mills." in text


@pytest.mark.parametrize("language", ["en", "he", "ar"])
def test_a_document_can_be_read_out_in_its_language(language):
    pdf = render(SAMPLE | {"payer": PAYERS[language]}, language)
    text = text_of(pdf)
    for words in (
        TITLES[language],
        PAYERS[language],
        "SANDBOX-R-2026-00012",
        "12,340.50",
        "USD",
    ):
        assert words in text
    assert text.count("SANDBOX") >= 3  # the mark, the number, the invoice's number


def test_with_real_money_no_document_speaks_of_a_sandbox():
    facts = {"mode": "stripe_live", "reference": "R-2026-00012", "invoice": ""}
    assert "SANDBOX" not in text_of(render(SAMPLE | facts, "en"))


@pytest.mark.parametrize("language", ["en", "he", "ar"])
def test_every_font_is_inside_the_file(language):
    pdf = render(SAMPLE | {"payer": "بيت בית House"}, language)
    assert pdf.count(b"/FontFile2") >= 3
    assert b"/Helvetica" not in pdf


def ink(pdf):
    """(share of dark pixels left of the middle, right of it) where the title stands."""
    image = page_of(pdf).render(scale=1).to_pil().convert("L")
    half = image.width // 2
    sides = (image.crop((0, 112, half, 140)), image.crop((half, 112, 2 * half, 140)))
    return tuple(sum(side.point(lambda p: p < 128).tobytes()) for side in sides)


@pytest.mark.parametrize("language", ["en", "he", "ar"])
def test_the_title_stands_where_the_language_begins(language):
    facts = {"mode": "stripe_live", "kind": "waiver"}
    left, right = ink(render(SAMPLE | facts, language))
    assert (left > right) == (language == "en")


def test_arabic_letters_are_joined_and_not_isolated():
    """Joined letters leave fewer separate shapes than letters standing alone."""
    joined = render(SAMPLE | {"payer": "محمد"}, "ar")
    apart = render(SAMPLE | {"payer": "م\u200cح\u200cم\u200cد"}, "ar")
    assert columns(joined) < columns(apart)


def columns(pdf):
    """How many separate dark runs the payer's row has from left to right."""
    image = page_of(pdf).render(scale=3).to_pil().convert("L")
    strip = image.crop((60 * 3, 225 * 3, 300 * 3, 262 * 3))
    dark = [
        min(strip.crop((x, 0, x + 1, strip.height)).tobytes()) < 128
        for x in range(strip.width)
    ]
    return sum(1 for before, now in pairwise(dark) if now > before)


def test_the_same_facts_give_the_same_file():
    first = render(SAMPLE, "he")
    _drawn.cache_clear()
    assert render(SAMPLE, "he") == first


def test_tax_fields_are_shown_where_they_are_given():
    text = text_of(render(SAMPLE | {"vat_percent": 17}, "en"))
    assert "10,547.44 USD" in text
    assert "1,793.06 USD" in text
    assert "Dealer number: 512345678" in text
    assert "VAT" not in text_of(render(SAMPLE, "en"))
