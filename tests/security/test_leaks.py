"""P-01, P-02, P-03, P-12, P-14, S-10: private words show from their stage on, and there.

What may show where is `stages.toml` and `leaks.RELATIONS`, both written by hand.
"""

import dataclasses
import os
import re
import secrets

import pytest
from django.test import Client, TestCase
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from marketplace.introductions.actions import send_message
from marketplace.introductions.faces import ANSWERS
from marketplace.listings import faces as listing_faces
from marketplace.notices.models import Notice
from marketplace.organisations.faces import face_of
from marketplace.organisations.faces_table import FIELDS
from marketplace.organisations.stages import KINDS_OF_VIEWER, Stage
from search.indexing import record_change
from tests.security import leaks
from tests.security.crawling import browser_of, pages_in, pages_of, seeds, text_of
from tests.security.fingerprints import changed, fingerprints
from tests.security.people import ALIKE, PARTIES
from tests.security.world import log_lines

pytestmark = pytest.mark.django_db

READERS = ("anonymous", "loner", *PARTIES, "reviewer", "finance", "editor")
# One reader a language in the gate, all of them in the deep one: a minute and a half.
OTHER_LANGUAGES = (
    [(each, who) for each in ("he", "ar") for who in ("anonymous", *PARTIES)]
    if os.environ.get("CRAWLS") == "all"
    else [("he", "partner"), ("ar", "interested")]
)
ORGANISATION_FIELDS = ("organisation", "person")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def name_of(world, reader: str) -> str:
    """The party's own name for one of the parties, else the reader's word."""
    return getattr(world, reader).name if reader in PARTIES else reader


# -- the table --------------------------------------------------------------------


def test_the_code_keeps_the_stages_of_the_reviewed_table():
    reviewed = {
        (subject, field): stage
        for subject, fields in leaks.stage_table().items()
        for field, stage in fields.items()
        if subject != "closed"
    }
    assert {key: row.stage.name for key, row in FIELDS.items()} == reviewed


def test_every_rung_belongs_to_one_kind_of_viewer():
    rungs = [stage for kind in KINDS_OF_VIEWER.values() for stage in kind]
    assert sorted(rungs) == sorted(Stage)
    assert len(KINDS_OF_VIEWER) == 5


@pytest.mark.parametrize("stage", Stage)
def test_a_face_of_an_organisation_holds_the_fields_of_its_rung(world, stage):
    party = world.owner
    face = face_of(party.organisation, stage)
    held = {each.name for each in dataclasses.fields(face)}
    for subject in ORGANISATION_FIELDS:
        for field, opens in leaks.stage_table()[subject].items():
            assert (field in held) == (Stage[opens] <= stage), field
    for field, word in party.canaries.items():
        opens = {**leaks.stage_table()["organisation"], **leaks.stage_table()["person"]}
        is_open = field in opens and Stage[opens[field]] <= stage
        assert (word in repr(face)) == is_open, field


@pytest.mark.parametrize("reader", ["anonymous", "loner", "interested", "mutual"])
def test_a_face_of_a_listing_holds_the_fields_of_its_rung(world, reader):
    viewer = browser_user(world, reader)
    face = listing_faces.face_of(world.listing, viewer)
    is_member = viewer is not None
    knows_alias = reader == "mutual"
    assert hasattr(face, "details") == is_member
    assert hasattr(face, "photos") == is_member
    assert (face.alias_shown == world.owner.organisation.alias) == knows_alias
    assert not any(word in repr(face) for word in world.canaries.values())


def browser_user(world, reader):
    if reader == "anonymous":
        return None
    return world.loner if reader == "loner" else getattr(world, reader).user


# -- pages ------------------------------------------------------------------------


@pytest.mark.parametrize("reader", READERS)
def test_reading_shows_private_words_from_their_stage_on_and_changes_no_row(
    world, reader
):
    browser, name = browser_of(world, reader), name_of(world, reader)
    before = fingerprints()
    with log_lines() as lines:
        pages = pages_in(browser, world)
    assert len(pages) >= len(seeds(world))
    assert changed(before) == set()
    assert list(leaks.in_lines(world, lines)) == []
    assert list(leaks.on_pages(world, name, pages)) == []
    assert leaks.not_shown(world, name, pages) == set()
    assert leaks.foreign_hosts(pages) == set()


@pytest.mark.parametrize(("language", "reader"), OTHER_LANGUAGES)
def test_pages_in_hebrew_and_arabic_show_no_more_and_no_less(world, language, reader):
    pages = pages_of(world, reader, language)
    name = name_of(world, reader)
    assert list(leaks.on_pages(world, name, pages)) == []
    assert leaks.not_shown(world, name, pages) == set()
    assert leaks.foreign_hosts(pages) == set()


@pytest.mark.parametrize("reader", ALIKE)
def test_who_stands_outside_reads_no_private_word(world, reader):
    pages = pages_of(world, reader)
    assert list(leaks.on_pages(world, reader, pages)) == []


def test_a_facilitator_reads_what_the_mandates_are_about_and_no_more(world):
    """Five sentences and the line of context, the draft; no person, no message."""
    paths = [
        reverse("introductions:list"),
        world.met.get_absolute_url(),
        reverse("introductions:soften", args=[world.softened.public_id]),
        world.introduction.get_absolute_url(),
        world.proposal.get_absolute_url(),
    ]
    browser = Client()
    browser.force_login(world.helper)
    text = "\n".join(text_of(browser, path) for path in paths)
    shown = {key for key, word in world.canaries.items() if word in text}
    five = {f"hebron.{name}" for name in ANSWERS} & shown
    assert shown == five | {"hebron.context", "gaza.gentle"}


def test_an_anonymous_listing_does_not_lead_to_its_organisation(world):
    organisation = world.owner.organisation
    for reader in ("anonymous", "stranger", "interested"):
        html = text_of(browser_of(world, reader), world.listing.get_absolute_url())
        assert organisation.alias not in html
        assert str(organisation.public_id) not in html


@pytest.mark.parametrize("field", ["legal_name", "contact_name", "contact_phone"])
def test_searching_for_a_private_word_answers_like_any_word(world, field):
    word = world.owner.canaries[field]
    for reader in ("anonymous", "stranger", "mutual"):
        browser, address = browser_of(world, reader), reverse("search:listings")
        for cut in (len(word), 8):
            private, other = word[:cut], secrets.token_hex(16)[:cut]
            answers = [
                TOKEN.sub("", browser.get(address, {"q": q}).content.decode()).replace(
                    q, ""
                )
                for q in (private, other)
            ]
            assert answers[0] == answers[1]


# -- rows, index, mail, log, files ---------------------------------------------------


def test_no_row_holds_a_private_word_but_those_made_for_it(world):
    assert list(leaks.in_rows(world)) == []


def test_no_private_word_is_in_the_index(world):
    assert list(leaks.in_index(world)) == []


def test_no_notice_and_no_mail_says_a_private_word(world):
    # What waits for one reader goes out as one letter.
    assert Notice.objects.count() > 10
    readers = {address for message in world.mails for address in message.to}
    assert readers > {world.owner.user.email, world.partner.user.email}
    assert list(leaks.in_notices(world)) == []
    assert list(leaks.in_mails(world, world.mails)) == []


def test_mails_fetch_nothing(world):
    for message in world.mails:
        alternatives = getattr(message, "alternatives", [])
        parts = [message.body, *(part[0] for part in alternatives)]
        assert not any(
            tag in part for part in parts for tag in ("<img", "src=", "url(")
        )


def test_no_line_of_the_log_says_a_private_word(world):
    """Of the acts; what is logged at the sight of pages is looked at with the pages."""
    assert len(world.log_lines) > 10
    assert list(leaks.in_lines(world, world.log_lines)) == []


def test_no_stored_file_is_named_for_somebody_or_holds_a_private_word(world):
    assert list(leaks.in_files(world)) == []


def test_tasks_are_given_numbers_only(world, settings):
    settings.TASKS = {
        "default": {
            "BACKEND": "django_tasks_db.DatabaseBackend",
            "QUEUES": ["default", "mail", "search"],
        }
    }
    with TestCase.captureOnCommitCallbacks(execute=True):
        send_message(world.met, by=world.mutual.user, text="zqsecretqz")
        record_change(world.listing, "changed")
    kept = list(DBTaskResult.objects.values_list("args_kwargs", flat=True))
    assert kept
    assert all(isinstance(arg, int) for each in kept for arg in each["args"])
    assert not any(each["kwargs"] for each in kept)
