"""Reading the site as somebody would: from page to page, and at guessed addresses."""

import re
from collections import deque

import pypdfium2 as pdfium
from django.test import Client
from django.urls import reverse

from tests.security.people import sign_in, user_of
from tests.security.roles import address, rows
from tests.security.world import World

LINK = re.compile(r"""\bhref=["'](/(?:en|he|ar)/[^"'#]*)""")
# Far above what the world has; a crawl that gets here has lost its way.
MOST_PAGES = 400


def browser_of(world: World, viewer: str) -> Client:
    browser = Client()
    if user_of(world, viewer) is not None:
        sign_in(browser, world, viewer)
    return browser


def pages_of(world: World, viewer: str, language: str = "en") -> dict[str, str]:
    """What every page says to this viewer, who logs in first, by address."""
    return pages_in(browser_of(world, viewer), world, language)


def pages_in(browser: Client, world: World, language: str = "en") -> dict[str, str]:
    """What every page says in this browser, by address; error pages too.

    Follows the links of one language; headers are part of what a page says.
    """
    pages: dict[str, str] = {}
    waiting = deque(in_language(path, language) for path in seeds(world))
    while waiting:
        path = waiting.popleft()
        if path in pages:
            continue
        assert len(pages) < MOST_PAGES, path
        pages[path] = text_of(browser, path)
        links = (link.replace("&amp;", "&") for link in LINK.findall(pages[path]))
        waiting.extend(link for link in links if link.startswith(f"/{language}/"))
    return pages


def in_language(path: str, language: str) -> str:
    return f"/{language}/{path[4:]}" if path.startswith("/en/") else path


def seeds(world: World) -> list[str]:
    """Every address with a GET of its own for every thing of the world."""
    paths = [
        address(row, world)
        for row in rows()
        if "GET" in row.methods and not row.library
    ]
    for party in world.parties:
        paths.append(party.organisation.get_absolute_url())
    met = (world.asked, world.met, world.introduction, world.declined)
    for introduction in met:
        paths.append(introduction.get_absolute_url())
        paths.append(reverse("meetings:detail", args=[introduction.public_id]))
    for venture in (world.venture, world.proposal, world.ended):
        paths.append(venture.get_absolute_url())
    paths.append(world.offered_arrangement.get_absolute_url())
    return [*dict.fromkeys(paths), reverse("account_email")]


def text_of(browser: Client, path: str) -> str:
    answer = browser.get(path)
    told = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    if answer.streaming:
        return told + b"".join(answer.streaming_content).decode("latin-1")
    if answer.headers.get("Content-Type") == "application/pdf":
        return told + "".join(
            page.get_textpage().get_text_bounded()
            for page in pdfium.PdfDocument(answer.content)
        )
    return f"{told}\n{answer.content.decode()}"
