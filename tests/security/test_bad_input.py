"""Whatever is sent to whatever address: an answer for people, never an error of ours.

Every address of the role table meets every value of the table below, in each of its
fields, its query, its path and the headers that a browser sends.
"""

import os
import uuid
from collections.abc import Iterator
from urllib.parse import quote, quote_plus, urlsplit

import pytest
from django.core.cache import cache
from django.db import transaction
from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.http import HttpResponse
from django.template.context import BaseContext
from django.test import Client

from payments.gateway import get_gateway
from tests.security.people import user_of
from tests.security.roles import Row, address, rows

pytestmark = pytest.mark.django_db

# As they travel: quoted by hand, because Python writes no lone surrogate.
BAD = {
    "nothing": "",
    "spaces": quote_plus("   \t \r\n "),
    "long": "x" * 12_000,
    "long word": "w" * 10_000,
    "many digits": "9" * 5_000,
    "html": quote_plus("<script>alert(1)</script><img src=x onerror=alert(1)>"),
    "template": quote_plus("{{ 7|add:7 }} {% load x %} %s %(x)s {0}"),
    "bidi": quote_plus("\u202eevil\u2066\u2069\u200f\u061c"),
    "zero": quote_plus("a\x00b"),
    "surrogate": "%ED%A0%80",
    "broken utf-8": "%FF%FE%80",
    "below zero": "-1",
    "not a number": "NaN",
    "endless": "1e999",
    "superscript": quote_plus("²"),
    "arabic digits": quote_plus("١٢٣٤"),
    "huge": "99999999999999999999999999",
    "no day": "2026-13-45",
    "year zero": "0000-00-00",
    "missing id": str(uuid.UUID(int=0)),
    "no id": "not-a-uuid",
    "path": quote_plus("../../etc/passwd\\..\\x"),
    "sql": quote_plus("' OR 1=1 -- \" ; DROP TABLE x"),
    "elsewhere": quote_plus("//evil.example/\\http://[x"),
    "list": quote_plus('[{"a": null}]'),
    "formula": quote_plus('=HYPERLINK("http://evil.example")'),
}
QUERY = ("page", "q", "kind", "sector", "place", "lang", "verified", "sort")
QUERY += ("matching_for", "next", "with", "p", "order", "email", "session_id")
# Fields that views read themselves, beside those of their forms.
READ_BY_HAND = (
    "next",
    "language",
    "text_hash",
    "refuse",
    "add_row",
    "rows",
    "submit",
    "stage",
)
COUNTS = ("brings-TOTAL_FORMS", "needs-TOTAL_FORMS", "brings-INITIAL_FORMS")
VIEWERS = ("owner", "partner", "interested", "anonymous")
# One value of so many meets an address by this method, in the gate.
GETS, POSTS = 9, 6


@pytest.fixture(autouse=True)
def _no_network(settings):
    settings.PAYMENT_GATEWAY = {
        "BACKEND": "tests.security.roles.NoNetwork",
        "OPTIONS": {},
    }
    get_gateway.cache_clear()
    yield
    get_gateway.cache_clear()


def browser_of(world, viewer: str) -> Client:
    browser = Client(raise_request_exception=False)
    user = user_of(world, viewer)
    if user is not None:
        browser.force_login(user)
    return browser


def ask(
    browser: Client, method: str, path: str, body: str = "", **extra
) -> HttpResponse:
    """One request whose effects are undone."""
    cache.clear()
    undone = transaction.atomic()
    undone._from_testcase = True
    with undone:
        answer = browser.generic(
            method,
            path,
            body,
            content_type="application/x-www-form-urlencoded",
            **extra,
        )
        transaction.set_rollback(True)
    return answer


def trouble(answer: HttpResponse, what: str) -> Iterator[str]:
    if answer.status_code >= 500:
        kind = getattr(answer, "exc_info", None)
        yield f"{what}: {kind[0].__name__ if kind else answer.status_code}"
    elif urlsplit(answer.headers.get("Location", "")).netloc not in ("", "testserver"):
        yield f"{what}: leads elsewhere"
    elif b"<script>alert(1)" in getattr(answer, "content", b""):
        yield f"{what}: unescaped"


def viewer_for(row: Row, method: str) -> str:
    """Somebody who gets past the door, so that the view itself meets the value."""
    for viewer in VIEWERS:
        if row.expected(method, viewer) not in (None, 404, "login", 403):
            return viewer
    return "owner"


def of_method(method: str) -> list[Row]:
    return [row for row in rows() if method in row.methods]


def some_of_the_values(place: int, each: int) -> dict[str, str]:
    """One value of so many, the next ones for the next place; all in the deep gate.

    Values and views are nearly independent of each other, and all of both take
    six minutes of a processor.
    """
    if os.environ.get("BAD_VALUES") == "all":
        return BAD
    return dict(list(BAD.items())[place % each :: each])


def values_for(row: Row, each: int) -> dict[str, str]:
    return some_of_the_values([other.key for other in rows()].index(row.key), each)


@pytest.mark.parametrize(("method", "each"), [("GET", GETS), ("POST", POSTS)])
def test_every_value_meets_some_address(method, each):
    met = {name for row in of_method(method) for name in values_for(row, each)}
    assert met == set(BAD)


def fields_of(browser: Client, row: Row, path: str) -> list[str]:
    """The fields a view takes: those of the forms on its page, and a few by hand."""
    names = [*READ_BY_HAND, *COUNTS]
    if "GET" in row.methods:
        context = browser.get(path).context or {}
        layers = context if isinstance(context, list) else [context]
        forms = [each for layer in layers for each in _all_in(layer)]
        for form in forms:
            names += _names_in(form)
    return list(dict.fromkeys([*names, "text", "because", "note", "email", "reason"]))


def may_take_rows(row: Row, fields: list[str]) -> bool:
    """Whether a count of rows can matter: the page shows some, or there is no page."""
    return "GET" not in row.methods or any("-0-" in field for field in fields)


def _all_in(layer: object) -> list[object]:
    flat = layer.flatten() if isinstance(layer, BaseContext) else layer
    return list(flat.values())


def _names_in(form: object) -> list[str]:
    if isinstance(form, BaseFormSet):
        return [name for each in form.forms for name in _names_in(each)]
    if not isinstance(form, BaseForm):
        return []
    names = [bound.html_name for bound in form]
    for formset in getattr(form, "formsets", {}).values():
        names += _names_in(formset)
    return names


@pytest.mark.parametrize("row", of_method("GET"), ids=lambda row: row.key)
def test_no_query_breaks_a_page(world, row):
    path, browser = address(row, world), browser_of(world, viewer_for(row, "GET"))
    found = []
    for name, value in values_for(row, GETS).items():
        query = "&".join(f"{key}={value[:4000]}" for key in QUERY)
        found += trouble(ask(browser, "GET", f"{path}?{query}"), name)
    assert found == []


@pytest.mark.parametrize("row", of_method("POST"), ids=lambda row: row.key)
def test_no_field_breaks_a_form(world, row):
    path, browser = address(row, world), browser_of(world, viewer_for(row, "POST"))
    fields, found = fields_of(browser, row, path), []
    for name, value in values_for(row, POSTS).items():
        body = "&".join(f"{field}={value}" for field in fields)
        found += trouble(ask(browser, "POST", path, body), name)
        if not may_take_rows(row, fields):
            continue
        counted = [field for field in fields if field not in COUNTS]
        body = "&".join(f"{field}={value}" for field in counted)
        counts = "&".join(f"{count}=3" for count in COUNTS[:2])
        body += f"&{counts}&brings-INITIAL_FORMS=0&needs-INITIAL_FORMS=0"
        found += trouble(ask(browser, "POST", path, body), f"{name}, with rows")
    assert found == []


@pytest.mark.parametrize("row", of_method("POST"), ids=lambda row: row.key)
def test_no_body_breaks_a_view(world, row):
    """Not a form at all, or one of another kind."""
    path, browser = address(row, world), browser_of(world, viewer_for(row, "POST"))
    found = []
    bodies = {
        "application/json": b'{"a": [1, {"b": "\\ud800"}]}',
        "multipart/form-data; boundary=x": b"--x\r\nbroken",
        "multipart/form-data": b"no boundary",
        "text/plain; charset=none": b"\xff\xfe",
        "application/x-www-form-urlencoded; charset=utf-16": b"a=b&\x00",
    }
    for kind, body in bodies.items():
        cache.clear()
        undone = transaction.atomic()
        undone._from_testcase = True
        with undone:
            answer = browser.generic("POST", path, body, content_type=kind)
            transaction.set_rollback(True)
        found += trouble(answer, kind)
    assert found == []


def test_no_path_breaks_the_site(world):
    found = []
    browsers = [browser_of(world, "owner"), browser_of(world, "anonymous")]
    rooms = ("", "listings/", "introductions/", "ventures/", "fees/", "organisations/")
    rooms += ("notices/", "organisations/join/", "accounts/confirm-email/", "staff/")
    for place, room in enumerate(rooms):
        for name, value in some_of_the_values(place, 5).items():
            tail = quote(value, safe="%+")[:3000]
            for prefix in ("/en/", "/he/", "/"):
                for browser in browsers:
                    answer = ask(browser, "GET", f"{prefix}{room}{tail}/")
                    found += trouble(answer, f"{prefix}{room} {name}")
    assert found == []


HEADERS = {
    "HTTP_ACCEPT_LANGUAGE": "xx-\udc80;q=9," * 200,
    "HTTP_REFERER": "http://[",
    "HTTP_HX_REQUEST": "true",
    "HTTP_HX_CURRENT_URL": "http://[%%%",
    "HTTP_X_FORWARDED_FOR": "'; --, ::::, 999.999.999.999",
    "HTTP_IF_NONE_MATCH": '"' * 500,
    "HTTP_IF_MODIFIED_SINCE": "yesterday",
    "HTTP_RANGE": "bytes=9-1,-,x",
    "HTTP_COOKIE": 'sessionid=\x00; django_language=\x00"; csrftoken=%; x',
    "HTTP_ACCEPT": "\x00/*",
}


@pytest.mark.parametrize("name", HEADERS)
def test_no_header_breaks_a_page(world, name):
    found = []
    each = 1 if os.environ.get("BAD_VALUES") == "all" else 6
    for row in of_method("GET")[list(HEADERS).index(name) % each :: each]:
        browser = browser_of(world, viewer_for(row, "GET"))
        value = HEADERS[name].encode("latin-1", "replace").decode("latin-1")
        answer = ask(browser, "GET", address(row, world), **{name: value})
        found += trouble(answer, row.key)
    assert found == []


@pytest.mark.parametrize("host", ["evil.example", "a b", "[", ""])
def test_another_host_is_not_answered(world, host):
    answer = ask(browser_of(world, "owner"), "GET", "/en/dashboard/", HTTP_HOST=host)
    assert answer.status_code == 400
    assert b"evil" not in answer.content
