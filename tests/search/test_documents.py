"""What the index may know of a listing, and what it never may."""

import pytest

from marketplace.listings.models import Brings, Listing, Needs
from search.analysis import analyse
from search.documents import document_for, surfaces_of, terms_of, words_of
from search.indexed import document_in, row_of
from tests.factories import make_listing, make_member, make_organisation, make_sector

pytestmark = pytest.mark.django_db


def words(terms: str) -> set[str]:
    return set(surfaces_of(terms))


def test_titles_offer_except_in_a_need():
    offer = document_for(
        make_listing(title="Quarry", summary="Marble", brings=["blocks"], needs=["saw"])
    )
    assert words(offer.offer_terms) == {"quarry", "marble", "blocks"}
    assert words(offer.need_terms) == {"saw"}
    need = document_for(
        make_listing(
            kind="need",
            title="Quarry",
            summary="Marble",
            brings=["blocks"],
            needs=["saw"],
        )
    )
    assert words(need.offer_terms) == {"blocks"}
    assert words(need.need_terms) == {"quarry", "marble", "saw"}


@pytest.mark.parametrize(
    ("kind", "offered", "needed"),
    [
        ("offer", True, False),
        ("need", False, True),
        ("investment", True, False),
        ("funding", False, True),
    ],
)
def test_a_sector_stands_where_its_kind_says(kind, offered, needed):
    document = document_for(make_listing(kind=kind, sectors=[make_sector("1040")]))
    assert ("isic_c1040" in document.offer_codes) == offered
    assert ("isic_c1040" in document.need_codes) == needed


def test_capital_is_sought_by_one_and_offered_by_the_other():
    assert "cap_capital" in document_for(make_listing(kind="investment")).need_codes
    assert "cap_capital" in document_for(make_listing(kind="funding")).offer_codes


def test_private_fields_never_enter():
    organisation = make_organisation(
        alias="Aliascanary", legal_name="Legalcanary Ltd", descriptor="Lonecanary"
    )
    make_member(organisation, email="mailcanary@members.example", alias="Personcanary")
    listing = make_listing(
        organisation,
        title="Quarry",
        external_id="importcanary",
        details="detailcanary",
    )
    Brings.objects.create(listing=listing, text="blocks", evidence="evidencecanary")
    Needs.objects.create(listing=listing, text="saw", quantity="quantitycanary")
    document = document_for(Listing.objects.get(pk=listing.pk))
    stored = row_of(document)
    everything = f"{document} {vars(stored)}".lower()
    assert "canary" not in everything


def test_the_notation_of_terms_reads_back():
    analysed = analyse("ולחברות 2.8 الشركات running")
    assert words_of(terms_of(analysed)) == analysed


def test_a_row_gives_back_the_document_it_was_made_of():
    listing = make_listing(
        sectors=[make_sector("1040")],
        languages=["ar", "he"],
        amount_min=5,
        amount_max=10,
        amount_currency="JOD",
        stage="seed",
        needs=["ماكينة"],
    )
    row_of(document_for(listing)).save()
    stored = Listing.objects.get(pk=listing.pk)
    assert document_in(stored.indexed) == document_for(stored)
