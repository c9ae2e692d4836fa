"""A member's own settings."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from marketplace.exceptions import NotAllowed
from marketplace.people.actions import change_settings, seal_identity
from marketplace.people.clock import clock_user
from marketplace.people.models import LegalIdentity, User
from tests.factories import make_user

pytestmark = pytest.mark.django_db
PAGE = "/en/settings/"
WORDS = {
    "alias": "Olive",
    "language": "en",
    "time_zone": "Asia/Hebron",
    "discretion": "2",
    "legal_name": "Canary Name",
    "phone": "+970 59 000 0000",
}


@pytest.fixture
def member(client):
    user = make_user()
    client.force_login(user)
    return user


def test_settings_are_kept_and_the_identity_is_sealed(client, member):
    answer = client.post(PAGE, WORDS)
    assert answer.status_code == 302
    member.refresh_from_db()
    assert (member.alias, member.time_zone) == ("Olive", "Asia/Hebron")
    assert member.legal_identity.name == "Canary Name"
    assert "Canary" not in str(LegalIdentity.objects.values().get())


def test_choosing_a_language_leads_on_in_it_and_is_remembered(client, member):
    answer = client.post(PAGE, WORDS | {"language": "ar"})
    assert answer.url == "/ar/settings/"
    assert client.cookies["django_language"].value == "ar"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", "call me"),
        ("phone", "+970<script>"),
        ("language", "fr"),
        ("time_zone", "Mars/Olympus"),
        ("discretion", "9"),
        ("alias", "x" * 61),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field_and_kept_in_the_form(
    client, member, field, value
):
    answer = client.post(PAGE, WORDS | {field: value, "legal_name": "Kept as typed"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in html
    assert "Kept as typed" in html
    member.refresh_from_db()
    assert member.time_zone == "UTC"


def test_marks_that_turn_the_reading_direction_are_taken_out_of_names(client, member):
    client.post(PAGE, WORDS | {"alias": "Ol\u202eive", "legal_name": "A\u2066 B"})
    member.refresh_from_db()
    assert member.alias == "Olive"
    assert member.legal_identity.name == "A B"


def test_the_log_says_which_settings_changed_and_never_to_what(client, member):
    client.post(PAGE, WORDS)
    rows = list(ModelLogEntry.objects.order_by("action").values("action", "data"))
    assert [row["action"] for row in rows] == [
        "people.change_settings",
        "people.seal_identity",
    ]
    assert rows[0]["data"] == {"changed": ["alias", "time_zone"]}
    assert "Canary" not in str(rows)


def test_the_same_settings_again_change_and_log_nothing(client, member):
    client.post(PAGE, WORDS)
    before = ModelLogEntry.objects.count()
    client.post(PAGE, WORDS)
    assert ModelLogEntry.objects.count() == before


def test_nobody_changes_the_settings_of_somebody_else():
    with pytest.raises(NotAllowed):
        change_settings(make_user(), by=make_user(), alias="Other")
    with pytest.raises(NotAllowed):
        seal_identity(make_user(), name="Other", phone="", by=make_user())


def test_only_settings_can_be_changed_this_way():
    user = make_user()
    with pytest.raises(TypeError, match="is_staff"):
        change_settings(user, by=user, is_staff=True)


def test_extra_fields_in_the_form_change_nothing(client, member):
    client.post(PAGE, WORDS | {"is_staff": "1", "is_superuser": "1", "email": "a@b.c"})
    member.refresh_from_db()
    assert not member.is_staff
    assert not member.is_superuser
    assert member.email != "a@b.c"


def test_the_switch_keeps_a_members_language(client, member):
    words = {"language": "he", "next": "/en/notices/?page=2"}
    answer = client.post(reverse("people:language"), words)
    member.refresh_from_db()
    assert answer.url == "/he/notices/?page=2"
    assert member.language == "he"


def test_the_switch_leads_nowhere_else(client):
    words = {"language": "ar", "next": "https://elsewhere.example/"}
    assert client.post(reverse("people:language"), words).url == "/ar/"


def test_the_switch_changes_nothing_by_looking(client, member):
    assert client.get(reverse("people:language")).status_code == 405


def test_logging_in_goes_on_in_the_members_language(client):
    user = make_user(language="he")
    words = {"login": user.email, "password": "correct horse", "next": "/en/settings/"}
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    assert client.post("/en/accounts/login/", words).url == "/he/settings/"
    assert client.cookies["django_language"].value == "he"


def test_a_new_member_reads_in_the_language_of_the_sign_up_page(client):
    words = dict.fromkeys(("password1", "password2"), "olive-trees-and-stone")
    client.post("/ar/accounts/signup/", {"email": "new@else.example", **words})
    assert User.objects.get(email="new@else.example").language == "ar"


def test_the_programmes_clock_is_one_inactive_account_shown_as_automatic():
    assert clock_user() == clock_user()
    clock = clock_user()
    assert str(clock) == "automatic"
    assert not clock.is_active
    assert not clock.has_usable_password()
