"""P-04: before staff read a listing its writer learns what the words give away."""

import pytest
from django.urls import reverse

from marketplace.listings.actions import save_draft
from marketplace.listings.giveaways import giveaways_in
from marketplace.listings.models import Listing
from marketplace.people.actions import seal_identity
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    organisation = make_organisation(
        legal_name="Beit Almond Press Ltd", alias="The hill press"
    )
    organisation.registration = "51-402-7788"
    organisation.save()
    user = make_member(organisation, email="rana@almond.example")
    seal_identity(user, name="Rana Shalhoub", phone="+970 59 123 4567", by=user)
    return user


@pytest.fixture
def write(owner, unsaved):
    def written(**fields):
        return unsaved(owner.memberships.get().organisation, **fields)

    return written


GIVES_AWAY = [
    ("We are Beit Almond Press.", "Beit Almond Press"),
    ("BEIT-ALMOND  press has two vans", "BEIT-ALMOND  press"),
    ("Ask for Rana Shalhoub", "Rana Shalhoub"),
    ("Call 059-123-4567 today", None),
    ("Call ٠٥٩١٢٣٤٥٦٧ today", None),
    ("number 514027788", "514027788"),
    ("write to RANA@almond.example", None),
    ("www.almond-press.example", None),
    ("from The Hill Press", "Hill Press"),
]
HARMLESS = [
    "Two chambers at four degrees, near the crossing.",
    "A press with room at night, 40 m³, from 2027",
    "Almonds by the pallet, pressed oil, 12,500 to 20,000 ILS",
    "Certified since 2014 by ISO 22000",
    "שני חדרי קירור ליד המעבר",
    "غرفتان للتبريد قرب المعبر",
]


@pytest.mark.parametrize(("text", "words"), GIVES_AWAY)
@pytest.mark.parametrize("field", ["title", "summary", "details"])
def test_names_and_numbers_of_the_owner_are_found(write, field, text, words):
    found = giveaways_in(write(**{field: text}))
    assert found
    if words:
        assert words in [each.words for each in found]


@pytest.mark.parametrize("text", HARMLESS)
def test_the_words_of_a_trade_are_left_alone(write, text):
    assert giveaways_in(write(summary=text)) == ()


def test_names_are_found_behind_the_small_words_of_hebrew_and_arabic(unsaved):
    for name, text in (
        ("אבן גולן בע״מ", "ומאבן גולן אפשר להזמין"),
        ("شركة حجر الجولان", "من وحجر الجولان نطلب"),
    ):
        organisation = make_organisation(legal_name=name)
        make_member(organisation)
        assert giveaways_in(unsaved(organisation, summary=text)), name


def test_an_alias_that_shows_anyway_gives_nothing_away(write):
    assert giveaways_in(write(title="From The hill press", anonymous=False)) == ()


def test_nobody_elses_name_is_looked_for(write):
    make_member(make_organisation(legal_name="Other Mill Works"))
    assert giveaways_in(write(title="We know Other Mill Works")) == ()


def test_a_draft_with_giveaways_is_not_sent_by_the_button_alone(
    client, owner, write, reviewer
):
    listing = save_draft(write(title="Beit Almond Press"), by=owner)
    client.force_login(owner)
    answer = client.post(reverse("listings:submit", args=[listing.public_id]))
    edit = reverse("listings:edit", args=[listing.public_id])
    assert answer.url == edit
    assert (
        "Beit Almond Press</bdi> · your legal name" in client.get(edit).content.decode()
    )
    assert Listing.objects.get().state == Listing.State.DRAFT
