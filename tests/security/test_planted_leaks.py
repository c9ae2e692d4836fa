"""The tests of `test_leaks`: one planted leak a channel has to be found."""

import dataclasses
import logging

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import TestCase, override_settings
from wagtail.log_actions import log

from marketplace.listings import faces as listing_faces
from marketplace.listings.views import pages as listing_pages
from marketplace.notices.actions import notify
from marketplace.notices.kinds import NoticeKind, register
from search import documents
from search.indexing import drain, record_change
from tests.security import leaks
from tests.security.crawling import browser_of, text_of
from tests.security.world import log_lines

pytestmark = pytest.mark.django_db

TELLING = register(NoticeKind("telling", "tests", "From %(title)s.", "News."))


def test_a_leak_on_a_page_is_found(world, monkeypatch):
    true_faces = listing_faces.faces_from

    def telling(listings, standing):
        return [
            dataclasses.replace(face, title=listing.organisation.legal_name)
            for listing, face in zip(
                listings, true_faces(listings, standing), strict=True
            )
        ]

    monkeypatch.setattr(listing_pages, "faces_from", telling)
    path = world.listing.get_absolute_url()
    pages = {path: text_of(browser_of(world, "anonymous"), path)}
    assert (path, "haifa.legal_name") in leaks.on_pages(world, "anonymous", pages)


def test_a_page_that_shows_too_little_is_found(world):
    path = world.met.get_absolute_url()
    html = text_of(browser_of(world, "mutual"), path)
    assert "haifa.contact_phone" not in leaks.not_shown(world, "hebron", {path: html})
    closed = {path: html.replace(world.owner.canaries["contact_phone"], "")}
    assert "haifa.contact_phone" in leaks.not_shown(world, "hebron", closed)


def test_a_leak_in_a_header_is_found(world, monkeypatch):
    path, word = world.listing.get_absolute_url(), world.owner.canaries["legal_name"]
    true_render = listing_pages.render

    def telling(*args, **kwargs):
        response = true_render(*args, **kwargs)
        response["X-Owner"] = word
        return response

    monkeypatch.setattr(listing_pages, "render", telling)
    pages = {path: text_of(browser_of(world, "anonymous"), path)}
    assert (path, "haifa.legal_name") in leaks.on_pages(world, "anonymous", pages)


@pytest.mark.parametrize("key", ["hebron.no", "hebron.note", "haifa.reply"])
def test_a_leak_of_why_somebody_said_no_is_found(world, key):
    """In each channel, as if somebody had repeated it there."""
    word, listing = world.words[key].text, world.listing
    type(listing).objects.filter(pk=listing.pk).update(title=f"Olive oil {word}")
    path = listing.get_absolute_url()
    pages = {path: text_of(browser_of(world, "interested"), path)}
    assert (path, key) in leaks.on_pages(world, "jenin", pages)
    assert ("listings_listing", key) in leaks.in_rows(world)
    notify(world.owner.user, TELLING, title=word)
    assert ("notice tests.telling", key) in leaks.in_notices(world)
    place = default_storage.save("photos/b.webp", ContentFile(word.encode()))
    assert (place, key) in leaks.in_files(world)


@override_settings(ROOT_URLCONF="tests.security.planted_urls")
def test_a_leak_in_json_is_found(world):
    pages = {"/phones/": text_of(browser_of(world, "anonymous"), "/phones/")}
    assert ("/phones/", "haifa.contact_phone") in leaks.on_pages(
        world, "anonymous", pages
    )


def test_a_leak_in_a_notice_and_its_mail_is_found(world):
    mail.outbox.clear()
    with TestCase.captureOnCommitCallbacks(execute=True):
        notify(
            world.partner.user,
            TELLING,
            title=world.owner.canaries["legal_name"],
        )
    assert ("notice tests.telling", "haifa.legal_name") in leaks.in_notices(world)
    assert ("a mail", "haifa.legal_name") in leaks.in_mails(world, mail.outbox)
    assert ("notices_notice", "haifa.legal_name") in leaks.in_rows(world)


def test_a_leak_in_the_index_is_found(world, monkeypatch):
    true_texts = documents._texts

    def telling(listing):
        offered, needed = true_texts(listing)
        return f"{offered}\n{listing.organisation.legal_name}", needed

    monkeypatch.setattr(documents, "_texts", telling)
    world.listing.version += 1
    world.listing.save(update_fields=["version"])
    record_change(world.listing, "changed")
    drain()
    tables = {table for table, _term in leaks.in_index(world)}
    assert {"search_fts", "the words"} <= tables
    assert ("search_indexedlisting", "haifa.legal_name") in leaks.in_rows(world)


def test_a_leak_in_the_log_is_found(world):
    with log_lines() as lines:
        logging.getLogger("x").warning("of %s", world.owner.canaries["contact_email"])
    assert ("the log", "haifa.contact_email") in leaks.in_lines(world, lines)


def test_a_leak_in_the_log_of_staff_is_found(world):
    name = world.owner.canaries["contact_name"]
    log(world.owner.organisation, "organisations.edit", data={"for": name})
    assert ("wagtailcore_modellogentry", "haifa.contact_name") in leaks.in_rows(world)


def test_a_leak_in_a_file_is_found(world):
    name = f"photos/{world.owner.canaries['contact_name']}.webp"
    place = default_storage.save(name, ContentFile(b"x"))
    assert (place, "haifa.contact_name") in leaks.in_files(world)


def test_a_leak_inside_a_file_is_found(world):
    words = world.words["haifa.file"].text.encode()
    place = default_storage.save("photos/a.webp", ContentFile(b"EXIF " + words))
    assert (place, "haifa.file") in leaks.in_files(world)
