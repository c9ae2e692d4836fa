"""An investor's pages: the form, its preview, the list, and nobody else's."""

import pytest
from django.urls import reverse

from marketplace.listings.models import Listing
from marketplace.mandates.models import InvestorMandate
from marketplace.organisations.models import Organisation
from search.alerts import tell_at_once
from search.matching.mandate_past import ENOUGH_TO_JUDGE
from search.matching.mandate_rows import weigh_due
from search.models import MandateMatch
from tests.factories import make_member, make_organisation, make_sector
from tests.mandates import make_mandate, make_seat
from tests.search.test_alerts import index, seek_money, water_mandate

pytestmark = pytest.mark.django_db


@pytest.fixture
def investor(client):
    fund = make_organisation(side="third")
    person = make_member(fund)
    make_seat(fund)
    client.force_login(person)
    return person


def typed(**fields: object) -> dict[str, object]:
    return {
        "organisation": Organisation.objects.get(side="third").pk,
        "name": "Water",
        "written_in": "en",
        "sector_1": make_sector("3600").pk,
        "cadence": "daily",
        "words": "water for villages",
        "amount_from": "50,000",
        "amount_to": "300000",
        "amount_currency": "USD",
        "stages": ["growth"],
    } | fields


def test_a_mandate_is_written_previewed_and_saved(client, investor):
    seek_money()
    weigh_due()

    shown = client.post(reverse("matching:mandate_new"), typed(preview="1"))
    assert shown.status_code == 200
    assert "محطات مياه صغيرة" in shown.content.decode()
    assert not InvestorMandate.objects.exists()
    assert not MandateMatch.objects.exists()

    saved = client.post(reverse("matching:mandate_new"), typed())
    mandate = InvestorMandate.objects.get()
    assert saved.url == reverse("matching:mandate", args=[mandate.public_id])
    assert (mandate.amount_min, mandate.amount_max) == (50_000_00, 300_000_00)
    page = client.get(saved.url).content.decode()
    assert "محطات مياه صغيرة" in page


def test_the_preview_keeps_what_was_typed(client, investor):
    page = client.post(reverse("matching:mandate_new"), typed(preview="1"))

    assert 'value="50,000"' in page.content.decode()
    assert "water for villages" in page.content.decode()


def test_a_change_starts_from_what_was_kept(client, investor):
    mandate = water_mandate(organisation=investor.memberships.get().organisation)

    page = client.get(reverse("matching:mandate_edit", args=[mandate.public_id]))

    assert 'value="50000.00"' in page.content.decode()
    client.post(
        reverse("matching:mandate_edit", args=[mandate.public_id]),
        typed(name="Wells"),
    )
    mandate.refresh_from_db()
    assert (mandate.name, mandate.version) == ("Wells", 2)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"amount_from": "400000"}, "amount_to"),
        ({"amount_currency": ""}, "amount_currency"),
        ({"amount_from": "-5"}, "amount_from"),
        ({"amount_from": "1.234"}, "amount_from"),
        ({"name": ""}, "name"),
        ({"words": "x" * 300}, "words"),
        ({"musts": ["places"]}, "musts"),
        ({"sector_1": "", "cadence": "at_once"}, "cadence"),
        ({"stages": ["unheard"]}, "stages"),
    ],
)
def test_a_mistake_is_named_beside_its_field(client, investor, fields, field):
    page = client.post(reverse("matching:mandate_new"), typed(**fields))

    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert not InvestorMandate.objects.exists()


def test_a_mandate_that_everything_fits_is_refused(client, investor):
    page = client.post(
        reverse("matching:mandate_new"),
        {
            "organisation": investor.memberships.get().organisation_id,
            "name": "Anything",
            "written_in": "en",
            "cadence": "daily",
        },
    )

    assert page.status_code == 422
    assert page.context["form"].non_field_errors()


def test_who_would_be_sent_everything_is_warned_before_it_is_saved(client, investor):
    for _number in range(ENOUGH_TO_JUDGE):
        seek_money()
    weigh_due()

    page = client.post(reverse("matching:mandate_new"), typed())
    assert page.status_code == 422
    assert "Nearly everything fits this mandate" in page.content.decode()
    assert not InvestorMandate.objects.exists()

    client.post(reverse("matching:mandate_new"), typed(anyway="1"))
    assert InvestorMandate.objects.exists()


def test_what_changed_since_it_was_told_is_marked_on_the_page(client, investor):
    mandate = water_mandate(organisation=investor.memberships.get().organisation)
    listing = seek_money()
    tell_at_once()
    assert (
        "Changed since" not in client.get(mandate.get_absolute_url()).content.decode()
    )

    Listing.objects.filter(pk=listing.pk).update(version=2, amount_max=250_000_00)
    listing.refresh_from_db()
    index(listing)
    tell_at_once()
    page = client.get(mandate.get_absolute_url()).content.decode()
    assert "Changed since you were told:" in page
    assert "the amount" in page


def test_another_organisations_mandate_is_not_there(client, investor):
    other = make_mandate()

    for name in ("matching:mandate", "matching:mandate_edit", "mandates:end"):
        assert client.get(reverse(name, args=[other.public_id])).status_code == 404
    for name in ("mandates:pause", "mandates:resume", "mandates:end"):
        assert client.post(reverse(name, args=[other.public_id])).status_code == 404


def test_without_a_seat_the_list_says_how_one_is_opened(client):
    client.force_login(make_member(make_organisation()))

    page = client.get(reverse("mandates:list"))

    assert page.status_code == 200
    assert client.get(reverse("matching:mandate_new")).status_code == 302
    assert reverse("matching:mandate_new") not in page.content.decode()


def test_pausing_resuming_and_ending_go_by_post(client, investor):
    mandate = water_mandate(organisation=investor.memberships.get().organisation)

    client.post(reverse("mandates:pause", args=[mandate.public_id]))
    mandate.refresh_from_db()
    assert mandate.paused_at
    client.post(reverse("mandates:resume", args=[mandate.public_id]))
    mandate.refresh_from_db()
    assert not mandate.paused_at
    client.get(reverse("mandates:end", args=[mandate.public_id]))
    mandate.refresh_from_db()
    assert not mandate.ended_at
    client.post(reverse("mandates:end", args=[mandate.public_id]))
    mandate.refresh_from_db()
    assert mandate.ended_at


def test_the_owner_of_a_listing_sees_nothing_of_a_mandate(client):
    water_mandate(name="Secret plan")
    listing = seek_money()
    client.force_login(listing.owner)

    page = client.get(reverse("listings:detail", args=[listing.public_id]))

    assert "Secret" not in page.content.decode()


def test_the_list_makes_the_same_queries_for_many(
    client, investor, django_assert_max_num_queries
):
    fund = investor.memberships.get().organisation
    for _number in range(5):
        make_mandate(fund, sectors=[make_sector("3600")])

    with django_assert_max_num_queries(14):
        assert client.get(reverse("mandates:list")).status_code == 200
