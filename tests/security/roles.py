"""The role table, and asking the site what it holds against it."""

import os
import tomllib
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from marketplace.notices.models import Notice
from payments.gateway import GatewayUnavailable
from payments.stripe_gateway import StripeGateway
from tests.security.addresses import Address, addresses
from tests.security.people import ALIKE, VIEWERS, cookies_of, user_of
from tests.security.world import World

TABLE = Path(__file__).with_name("roles.toml")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
LOGIN = "/accounts/login/"
# Methods without a row answer before anybody's rights are looked at, so one person asks
# for each, and the next person for the next; in the deep gate everybody does everything.
FIRST_TO_TRY = ("anonymous", "owner", "superuser")
NOT_FOR_ANYBODY = {404, 405, "login"}
ASKS_ALL = os.environ.get("CRAWLS") == "all"


@dataclass(frozen=True, slots=True)
class Row:
    """What one address answers for one object: by method, then by viewer."""

    key: str
    methods: dict[str, dict[str, int | str]]
    object: str = ""
    library: bool = False

    @property
    def name(self) -> str:
        return self.key.partition("#")[0]

    def expected(self, method: str, viewer: str) -> int | str | None:
        """None where the table has no row for the method."""
        answers = self.methods.get(method)
        if answers is None:
            return None
        return answers.get(ALIKE.get(viewer, viewer), answers["others"])


def rows() -> list[Row]:
    table: dict[str, dict[str, Any]] = tomllib.loads(TABLE.read_text())
    return [
        Row(
            key=key,
            methods={name: row[name] for name in row if name.isupper()},
            object=row.get("object", ""),
            library=row.get("library", False),
        )
        for key, row in table.items()
    ]


def undeclared(urlconf: str | None = None) -> set[str]:
    """Addresses of the site without a row in the table."""
    declared = {row.name for row in rows()}
    return {each.key for each in site(urlconf)} - declared


def vanished() -> set[str]:
    """Rows for addresses that the site has no longer."""
    return {row.name for row in rows()} - {each.key for each in site()}


def site(urlconf: str | None = None) -> list[Address]:
    return [each for each in addresses(urlconf) if not each.is_staff]


class NoNetwork(StripeGateway):
    """Tests of who may pay need nobody who takes the money."""

    def open_checkout(self, order):
        raise GatewayUnavailable("not in tests of safety")


# -- addresses of things ----------------------------------------------------------


def arguments(kind: str, world: World | None) -> dict[str, object] | tuple:
    """What fills an address: a thing of the world, or without one a missing thing."""
    missing = uuid.uuid4()
    if kind in FIXED:
        return FIXED[kind]
    if kind == "invitation":
        return {"token": "a-link-of-somebody-else"}
    if kind in OF_THE_OWNER:
        name, second = OF_THE_OWNER[kind]
        organisation = world.owner.organisation.public_id if world else missing
        return {"public_id": organisation, name: second(world)}
    if kind.startswith("as_public_"):
        there = _public_id(kind.removeprefix("as_public_"), world)
        return {"public_id": there or missing, "rung": "public"}
    if kind.startswith("step_of_"):
        there = _public_id(kind.removeprefix("step_of_"), world)
        return {"public_id": there or missing, "step": "facts"}
    if kind.endswith("rendition"):
        return {"public_id": _public_id(kind, world) or missing, "size": "small"}
    return {"public_id": _public_id(kind, world) or missing}


FIXED: dict[str, dict[str, object] | tuple] = {
    "page": ("privacy/",),
    "restriction": {"page_view_restriction_id": 1, "page_id": 1},
    "hook": {"secret_path": settings.STRIPE_WEBHOOK_PATH},
    "no_picture": {"name": "guessed.webp"},
    "wrong_hook": {"secret_path": "guessed"},
    "key": {"key": "guessed"},
    "stop": {"token": "guessed"},
    "reset": {"uidb36": "1", "key": "guessed-key"},
    "number": {"pk": 10**9},
}


# What hangs on the owner's organisation: the second part of its address.
OF_THE_OWNER: dict[str, tuple[str, Callable[[World | None], object]]] = {
    "revocation": (
        "token_hash",
        lambda world: world.invitation.token_hash if world else "0" * 64,
    ),
    "colleague": (
        "person",
        lambda world: world.others["colleague"].public_id if world else uuid.uuid4(),
    ),
    "block": ("block", lambda world: uuid.uuid4()),
}


def _public_id(kind: str, world: World | None) -> uuid.UUID | None:
    if world is None:
        return None
    special = {
        "organisation": lambda: world.owner.organisation,
        "notice": lambda: Notice.objects.filter(recipient=world.owner.user).first(),
        "restart": lambda: SimpleNamespace(public_id=world.ended.closing.restart),
        "document": lambda: world.share.documents.get(),
        "rendition": lambda: world.photo,
        "waiting_rendition": lambda: world.waiting_photo,
    }
    thing = special[kind]() if kind in special else getattr(world, kind)
    return thing.public_id


def address(row: Row, world: World | None) -> str:
    if row.name.endswith("/"):
        prefix = "" if row.name.startswith("staff/") else "en/"
        return f"/{prefix}{row.name}"
    taken = arguments(row.object, world) if row.object else {}
    if isinstance(taken, tuple):
        return reverse(row.name, args=taken)
    return reverse(row.name, kwargs=taken)


# -- asking -----------------------------------------------------------------------


class Viewer:
    """Somebody with a browser; what a request changes is undone after it."""

    def __init__(self, world: World, name: str) -> None:
        self.name = name
        self.cookies = world.logins[name]
        self.browser = self._new_browser()
        if name == "unverified":  # through the door: there is no session to be had
            words = {"login": user_of(world, name).email, "password": "correct horse"}
            self.browser.post(reverse("account_login"), words)
            self.cookies = cookies_of(self.browser)

    def _new_browser(self) -> Client:
        browser = Client()
        browser.cookies.load(self.cookies)
        return browser

    def ask(self, method: str, path: str) -> HttpResponse:
        cache.clear()  # limits of rate are not what is asked about
        browser = self._new_browser()
        undone = transaction.atomic()
        undone._from_testcase = True  # as tests' own: durable acts may run inside
        with undone:
            if method == "POST":
                answer = browser.post(path, {"unknown": "field"})
            else:
                answer = browser.generic(method, path)
            if answer.streaming:
                answer.content_read = b"".join(answer.streaming_content)
            transaction.set_rollback(True)
        return answer


def word_for(answer: HttpResponse) -> int | str:
    """The answer as the table calls it."""
    if answer.status_code in (301, 302, 303):
        return (
            "login" if answer["Location"].partition("?")[0].endswith(LOGIN) else "moved"
        )
    return answer.status_code


def likeness(answer: HttpResponse) -> tuple:
    """All that a reader could compare: status, headers, bytes."""
    body = getattr(answer, "content_read", None) or answer.content
    return answer.status_code, sorted(answer.headers.items()), body


def names_for(place: int) -> list[str]:
    """Who asks for the row at this place: everybody of the table, and two of the alike."""
    alike = list(ALIKE)
    if not ASKS_ALL:
        alike = [(alike * 2)[place % len(alike) + step] for step in (0, 2)]
    return [*(name for name in VIEWERS if name not in ALIKE), *alike]


def _tries(row: Row, method: str, viewer: str) -> bool:
    """Whether this person asks by a method that the row does not name."""
    if row.library or viewer not in FIRST_TO_TRY:
        return False
    place = len(row.key) + METHODS.index(method)
    return ASKS_ALL or viewer == FIRST_TO_TRY[place % len(FIRST_TO_TRY)]


def deviations(row: Row, world: World, viewers: list[Viewer]) -> Iterator[str]:
    """A sentence for each answer that is not the one the table expects."""
    there, missing = address(row, world), address(row, None)
    for viewer in viewers:
        for method in METHODS:
            wanted = row.expected(method, viewer.name)
            if wanted is None and not _tries(row, method, viewer.name):
                continue
            answer = viewer.ask(method, there)
            got = word_for(answer)
            if wanted is None and got not in NOT_FOR_ANYBODY:
                yield f"{method} as {viewer.name}: {got}, though it has no row"
            elif wanted is not None and got != wanted:
                yield f"{method} as {viewer.name}: {got} instead of {wanted}"
            elif wanted == 404 and there != missing:
                nothing = viewer.ask(method, missing)
                if likeness(answer) != likeness(nothing):
                    yield f"{method} as {viewer.name}: foreign and missing differ"
