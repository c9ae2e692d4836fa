"""S-02, S-07, S-09, P-13: what every answer of every address tells the browser."""

import pytest
from django.test import Client
from django.urls import reverse

from cms.settings.headers import CONTENT_SECURITY_POLICY
from payments.gateway import get_gateway
from tests.security.roles import Viewer, address, rows
from tests.security.test_staff_area import signed_in

pytestmark = pytest.mark.django_db

EVERYWHERE = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# Our own lists and single screens, and Wagtail's pages, reports and settings.
SCREENS = ("work:index", "introduction:index", "who_meets_whom:index", "parity:index")
SCREENS += ("jointventure:index", "contact:index", "exchangerate:index", "entry:index")
SCREENS += ("wagtailadmin_explore_root", "wagtailadmin_reports:site_history")
SCREENS += (
    "wagtailusers_users:index",
    "wagtailusers_groups:index",
    "wagtailsites:index",
)
NOTHING_ALLOWED = ("camera", "microphone", "geolocation", "payment")


@pytest.fixture(autouse=True)
def _no_network(settings):
    settings.PAYMENT_GATEWAY = {
        "BACKEND": "tests.security.roles.NoNetwork",
        "OPTIONS": {},
    }
    get_gateway.cache_clear()
    yield
    get_gateway.cache_clear()


def faults_of(answer, *, signed_in: bool) -> list[str]:
    headers = answer.headers
    found = [
        f"{name}: {headers.get(name)}"
        for name, value in EVERYWHERE.items()
        if headers.get(name) != value
    ]
    found += [
        f"may ask for {feature}"
        for feature in NOTHING_ALLOWED
        if f"{feature}=()" not in headers.get("Permissions-Policy", "")
    ]
    policy = {
        part.partition(" ")[0]: part.partition(" ")[2]
        for part in headers.get("Content-Security-Policy", "").split("; ")
    }
    for directive, values in CONTENT_SECURITY_POLICY["DIRECTIVES"].items():
        allowed = set(policy.get(directive, "?").split())
        if directive == "form-action":  # the card page of one room, and no other
            allowed.discard("http://127.0.0.1:8001")
        if allowed != set(values):
            found.append(f"{directive} {allowed}")
    if signed_in and "no-store" not in headers.get("Cache-Control", ""):
        found.append("may be stored")
    if "ETag" in headers:
        found.append("has an ETag")
    return found


@pytest.mark.parametrize("name", ["anonymous", "owner", "reviewer"])
def test_every_answer_carries_every_header(world, name):
    viewer, found = Viewer(world, name), {}
    for place, row in enumerate(rows()):
        if row.name.startswith(("staff/", "wagtailadmin")):
            continue
        methods = ("GET", "POST", "PUT")
        # Middleware writes headers whoever asks: of the members' answers a third each.
        for method in methods if name == "anonymous" else methods[place % 3 :][:1]:
            answer = viewer.ask(method, address(row, world))
            stays = name != "anonymous" and row.name not in ("leave", "account_logout")
            if faults := faults_of(answer, signed_in=stays):
                found[f"{method} {row.key}"] = faults
    assert found == {}


def test_every_screen_of_staff_carries_them_too(world):
    browser = signed_in(world.staff["superuser"], with_factor=True)
    for name in SCREENS:
        headers = browser.get(reverse(name)).headers
        assert "no-store" in headers["Cache-Control"], name
        assert headers["X-Frame-Options"] == "SAMEORIGIN", name
        assert "script-src 'self'" in headers["Content-Security-Policy"].split("; ")
        assert headers["Referrer-Policy"] == "same-origin", name


def test_cookies_are_read_by_no_script_and_sent_by_no_other_site(world):
    browser = Client()
    page = reverse("account_login")
    browser.get(page)
    password = {"login": world.owner.user.email, "password": "correct horse"}
    browser.post(page, password)
    session, token = browser.cookies["sessionid"], browser.cookies["csrftoken"]
    assert (session["httponly"], session["samesite"]) == (True, "Lax")
    assert token["samesite"] == "Lax"


ELSEWHERE = (
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "\\\\evil.example",
    "https:evil.example",
    "/en/..//evil.example",
)


@pytest.mark.parametrize("there", ELSEWHERE)
@pytest.mark.parametrize(
    "name",
    ["account_login", "account_logout", "account_signup", "people:language"],
)
def test_no_address_leads_to_another_site(world, name, there):
    browser = Client()
    if name != "account_login":
        browser.force_login(world.owner.user)
    words = {"login": world.owner.user.email, "password": "correct horse"}
    words |= {"next": there, "language": "ar"}
    answer = browser.post(f"{reverse(name)}", words)
    answer = answer if answer.status_code == 302 else browser.get(reverse("home"))
    went = answer.headers.get("Location", "/")
    assert went.startswith("/")
    assert not went.startswith(("//", "/\\"))


def test_a_refusal_leads_back_to_this_site_alone(world):
    viewer = Viewer(world, "owner")
    path = reverse("introductions:agree", args=[world.met.public_id, "person"])
    for referer in ELSEWHERE:
        answer = viewer.browser.post(path, HTTP_REFERER=referer)
        assert "evil" not in answer.headers.get("Location", "")


def test_files_are_what_they_say_and_open_as_nothing_else(world):
    path = reverse("listings:photo", args=[world.photo.public_id, "small"])
    answer = Viewer(world, "stranger").browser.get(path)
    assert answer["Content-Type"] == "image/webp"
    assert answer["Content-Disposition"] == 'inline; filename="photo.webp"'
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_searching_very_often_waits_a_minute(world, settings):
    settings.SEARCHES_A_MINUTE = 3
    path = reverse("search:listings")
    browser, other = Client(), Viewer(world, "stranger").browser
    # Eight meet the limit of three even where a new minute begins among them.
    answers = [browser.get(path, {"q": "olive"}) for _ in range(8)]
    assert answers[0].status_code == 200
    late = [answer for answer in answers if answer.status_code == 429]
    assert late
    assert late[0]["Retry-After"] == "60"
    assert browser.get(path).status_code == 200  # without words it costs little
    assert other.get(path, {"q": "olive"}).status_code == 200
