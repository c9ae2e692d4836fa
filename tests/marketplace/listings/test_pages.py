"""The pages of listings: who may open them, what they cost, what they say."""

import io
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from marketplace.listings.actions import add_photo
from marketplace.listings.models import Listing, ListingPhoto, Report
from marketplace.organisations.models import Side
from tests.factories import make_listing, make_member, make_organisation, make_sector

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"listings:{name}", args=args)


def signed_in(client, **fields):
    user = make_member(make_organisation(**fields))
    client.force_login(user)
    return user


def picture():
    out = io.BytesIO()
    Image.effect_noise((640, 480), 50).convert("RGB").save(out, "PNG")
    return SimpleUploadedFile("oil.png", out.getvalue(), "image/png")


@pytest.fixture(autouse=True)
def _files_apart(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_a_visitor_reads_the_public_face_and_no_more(client):
    listing = make_listing(
        make_organisation(alias="ALIASCANARY", legal_name="LEGALCANARY"),
        details="DETAILCANARY",
        anonymous=True,
    )
    page = client.get(url("detail", listing.public_id)).content.decode()
    assert listing.title in page
    assert "Name shown once you both accept" in page
    for private in ("ALIASCANARY", "LEGALCANARY", "DETAILCANARY", listing.owner.email):
        assert private not in page
    assert url("report", listing.public_id) not in page


def test_a_member_of_the_other_side_reads_details_and_may_ask(client):
    listing = make_listing(make_organisation(side=Side.PALESTINIAN), details="DETAIL")
    signed_in(client, side=Side.ISRAELI)
    page = client.get(url("detail", listing.public_id)).content.decode()
    assert "DETAIL" in page
    assert reverse("introductions:ask", args=[listing.public_id]) in page


def test_a_member_of_the_same_side_may_not_ask(client):
    listing = make_listing(make_organisation(side=Side.ISRAELI))
    signed_in(client, side=Side.ISRAELI)
    page = client.get(url("detail", listing.public_id)).content.decode()
    assert reverse("introductions:ask", args=[listing.public_id]) not in page


@pytest.mark.parametrize("size", [1, 8])
def test_a_public_listing_costs_three_queries_however_much_it_holds(client, size):
    listing = make_listing(
        sectors=[make_sector(f"10{number}0") for number in range(size)],
        brings=[f"brings {number}" for number in range(size)],
        needs=[f"needs {number}" for number in range(size)],
    )
    address = url("detail", listing.public_id)
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    assert len(seen) == 3, [query["sql"][:80] for query in seen]


def test_ones_own_list_costs_the_same_for_two_as_for_ten(client):
    user = signed_in(client)
    organisation = user.memberships.get().organisation
    counts = []
    for _size in (2, 8):
        for _each in range(_size):
            make_listing(organisation)
        client.get(url("mine"))
        with CaptureQueriesContext(connection) as seen:
            client.get(url("mine"))
        counts.append(len(seen))
    assert counts[0] == counts[1]


# -- foreign and missing ---------------------------------------------------------

OWN_PAGES = ("edit", "withdraw", "photos")


def body_without_addresses(response):
    """A page as bytes, but for the address that the language links repeat."""
    return re.sub(rb"[0-9a-f-]{36}", b"", response.content)


@pytest.mark.parametrize("name", ["detail", *OWN_PAGES, "report"])
def test_foreign_hidden_and_missing_listings_answer_alike(client, name):
    hidden = make_listing(live=False)
    signed_in(client)
    foreign = client.get(url(name, hidden.public_id))
    missing = client.get(url(name, uuid.uuid4()))
    assert foreign.status_code == missing.status_code == 404
    assert body_without_addresses(foreign) == body_without_addresses(missing)
    assert hidden.title.encode() not in foreign.content


@pytest.mark.parametrize("name", ["submit", "withdraw", "renew"])
def test_acts_on_foreign_listings_answer_404_and_change_nothing(client, name):
    listing = make_listing()
    signed_in(client)
    assert client.post(url(name, listing.public_id)).status_code == 404
    assert Listing.objects.visible_to(None).filter(pk=listing.pk).exists()


@pytest.mark.parametrize("name", ["submit", "renew"])
def test_acts_are_no_links(client, name):
    user = signed_in(client)
    listing = make_listing(user.memberships.get().organisation)
    assert client.get(url(name, listing.public_id)).status_code == 405


@pytest.mark.parametrize("name", [*OWN_PAGES, "report"])
def test_visitors_are_asked_to_sign_in(client, name):
    listing = make_listing()
    response = client.get(url(name, listing.public_id))
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_a_withdrawn_or_run_out_listing_is_gone_for_others_and_there_for_its_owner(
    client,
):
    gone = make_listing(withdrawn_at=timezone.now())
    old = make_listing(expires_at=timezone.now())
    for listing in (gone, old):
        assert client.get(url("detail", listing.public_id)).status_code == 404
        client.force_login(listing.owner)
        assert client.get(url("detail", listing.public_id)).status_code == 200
        client.logout()


# -- photos ------------------------------------------------------------------------


def test_a_photo_is_served_to_members_with_headers_that_keep_it_close(client):
    listing = make_listing()
    photo = add_photo(listing, picture(), name="oil.png", by=listing.owner)
    address = url("photo", photo.public_id, "small")
    signed_in(client)
    assert client.get(address).status_code == 404  # nobody has looked at it yet
    ListingPhoto.objects.update(approved_at=timezone.now())
    response = client.get(address)
    assert response["Content-Type"] == "image/webp"
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content)[8:12] == b"WEBP"


def test_photos_of_hidden_listings_visitors_and_wrong_sizes_answer_404_alike(client):
    listing = make_listing()
    photo = add_photo(listing, picture(), name="oil.png", by=listing.owner)
    ListingPhoto.objects.update(approved_at=timezone.now())
    address = url("photo", photo.public_id, "small")
    answers = [client.get(address), client.get(url("photo", uuid.uuid4(), "small"))]
    signed_in(client)
    answers.append(client.get(url("photo", photo.public_id, "original")))
    Listing.objects.update(live=False)
    answers.append(client.get(address))
    assert {answer.status_code for answer in answers} == {404}
    client.force_login(listing.owner)
    assert client.get(address).status_code == 200


def test_an_owner_adds_and_removes_a_photo_and_the_files_go_with_it(
    client, tmp_path, django_capture_on_commit_callbacks
):
    user = signed_in(client)
    listing = make_listing(user.memberships.get().organisation)
    address = url("photos", listing.public_id)
    sent = {"photo": picture(), "description": "Jars", "shows_nobody": "on"}
    assert client.post(address, sent).status_code == 302
    photo = listing.photos.get()
    assert len(list(tmp_path.rglob("*.webp"))) == 3
    assert client.get(address).content.decode().count("Jars") >= 1
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("drop_photo", photo.public_id))
    assert not listing.photos.exists()
    assert list(tmp_path.rglob("*.webp")) == []


def test_what_is_no_picture_comes_back_with_a_sentence_beside_the_field(client):
    user = signed_in(client)
    listing = make_listing(user.memberships.get().organisation)
    sent = {
        "photo": SimpleUploadedFile("a.png", b"no picture"),
        "description": "kept words",
        "shows_nobody": "on",
    }
    response = client.post(url("photos", listing.public_id), sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "This is not a picture we can take" in page
    assert "kept words" in page


def test_an_upload_far_too_large_is_cut_off_and_refused(client, settings):
    user = signed_in(client)
    listing = make_listing(user.memberships.get().organisation)
    large = SimpleUploadedFile("a.png", b"\x89PNG" + b"x" * (10 * 1024 * 1024))
    sent = {"photo": large, "shows_nobody": "on"}
    response = client.post(url("photos", listing.public_id), sent)
    assert "larger than 8 MB" in response.content.decode()
    huge = SimpleUploadedFile("a.png", b"x" * (33 * 1024 * 1024))
    response = client.post(url("photos", listing.public_id), {"photo": huge})
    assert response.status_code == 400


# -- reports and the table ---------------------------------------------------------


def test_a_report_takes_four_taps_and_a_second_one_adds_to_the_first(client):
    listing = make_listing()
    user = signed_in(client)
    assert client.post(url("report", listing.public_id), {}).status_code == 422
    for note in ("a name", "and a number"):
        client.post(
            url("report", listing.public_id), {"reason": "reveals", "note": note}
        )
    report = Report.objects.get()
    assert (report.reported_by, report.reason) == (user, "reveals")
    assert report.note == "a name\nand a number"


@pytest.mark.parametrize("language", ["en", "he", "ar"])
def test_who_sees_what_is_a_table_in_three_languages(client, language):
    address = url("who_sees_what").replace("/en/", f"/{language}/")
    page = client.get(address).content.decode()
    assert page.count("<caption ") >= 3
    assert f'lang="{language}"' in page
