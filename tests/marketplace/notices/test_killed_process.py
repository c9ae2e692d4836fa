"""R-02: the process itself is killed between every two steps of telling and sending.

The letters are files, which outlive whoever wrote them.
"""

import re
from itertools import count
from pathlib import Path

import pytest
from django.core.mail.backends import filebased
from django.core.management import call_command
from django.db import transaction

from marketplace.notices import delivery, letters
from marketplace.notices.actions import notify
from marketplace.notices.addresses import new_message_id
from marketplace.notices.kinds import NoticeKind, register
from marketplace.notices.models import Notice, OutgoingMail
from marketplace.people.models import User
from tests.factories import make_user
from tests.killed import killed_before, step
from tests.marketplace.notices.test_delivery import later

pytestmark = pytest.mark.django_db(transaction=True)
OIL, SOAP = (
    register(NoticeKind(word.lower(), "tests", f"News of {word}.", f"News of {word}."))
    for word in ("Oil", "Soap")
)
BETWEEN = "-" * 79


class Post(filebased.EmailBackend):
    """Takes each letter between two steps: before it, and when it has it."""

    def send_messages(self, email_messages):
        step()
        sent = super().send_messages(email_messages)
        step()
        return sent


@pytest.fixture
def post(settings, tmp_path) -> Path:
    settings.DELIVERY_EMAIL_BACKEND = f"{__name__}.Post"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    return tmp_path


def tell(reader: User) -> None:
    """One act tells two things; told a second time they are those of the first."""
    with transaction.atomic():
        for kind in (OIL, SOAP):
            notify(reader, kind, once="an act")


def tell_and_send(reader: User) -> None:
    tell(reader)
    call_command("send_mail", verbosity=0)


def letters_in(post: Path) -> dict[str, set[str]]:
    """Every letter that ever left, under its Message-ID."""
    found: dict[str, set[str]] = {}
    for file in post.iterdir():
        for text in file.read_text().split(BETWEEN):
            if named := re.search(r"^Message-ID: (.+)$", text, re.MULTILINE):
                found.setdefault(named[1], set()).add(text.strip())
    return found


def keeps_its_promise(reader: User, post: Path) -> None:
    told = Notice.objects.to(reader).values_list("kind", flat=True)
    assert sorted(told) == [OIL.key, SOAP.key]
    rows = OutgoingMail.objects.filter(recipient=reader)
    assert {row.state for row in rows} == {OutgoingMail.State.SENT}
    sent = letters_in(post)
    assert set(sent) <= {row.message_id for row in rows}
    assert all(len(texts) == 1 for texts in sent.values())  # the same to the byte
    for word in ("Oil", "Soap"):
        letters = [name for name, texts in sent.items() if word in str(texts)]
        assert len(letters) == 1, (word, letters)


def run_to_the_end(post: Path) -> int:
    """A process killed at every step in turn, and the worker that comes after it."""
    for last in count(1):
        for letter in post.iterdir():
            letter.unlink()
        reader = make_user(discretion=1)
        died = killed_before(last, lambda: tell_and_send(reader))  # noqa: B023
        tell(reader)  # whoever saw no answer presses again
        for _round in range(2):
            for mail in OutgoingMail.objects.filter(recipient=reader):
                later(mail, minutes=6)
            call_command("send_mail", verbosity=0)
        keeps_its_promise(reader, post)
        if not died:
            return last
    raise AssertionError


def test_r02_wherever_the_process_is_killed_each_is_told_once(post):
    assert run_to_the_end(post) > 20


def test_r02_a_message_id_made_anew_at_each_try_is_found(post, monkeypatch):
    """The test of the test: a second letter that nobody can know for the first."""
    plain = letters.message_for

    def anew(mail, riders):
        message = plain(mail, riders)
        message.extra_headers["Message-ID"] = new_message_id()
        return message

    monkeypatch.setattr(delivery, "message_for", anew)
    with pytest.raises(AssertionError):
        run_to_the_end(post)
