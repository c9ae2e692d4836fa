"""What a mail says: the reader's language, and no more than the reader wishes."""

import pytest
from django.core import mail as outbox
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from marketplace.money import Money
from marketplace.notices.actions import notify
from marketplace.notices.delivery import deliver
from marketplace.notices.kinds import NoticeKind, register
from marketplace.people.models import Discretion
from tests.factories import make_user

pytestmark = pytest.mark.django_db

# A string of Django itself, so that it is translated in all three languages.
YES = register(NoticeKind("yes", "tests", _("Yes"), _("No")))
ABOUT = register(
    NoticeKind("about", "tests", "Canaryalias wrote on %(title)s.", "There is news.")
)


def letter_to(reader, kind=ABOUT, **parameters):
    """The message as it left the house, and its HTML part."""
    parameters.setdefault("title", "Canarytitle")
    with translation.override("en"):  # the actor's language
        notice = notify(reader, kind, url="/en/introductions/", **parameters)
    outbox.outbox = []
    assert deliver(notice.mail.pk)
    message = outbox.outbox[0]
    return message, message.alternatives[0].content


@pytest.mark.parametrize(
    ("language", "direction", "word"),
    [("en", "ltr", "Yes"), ("he", "rtl", "כן"), ("ar", "rtl", "نعم")],
)
def test_a_mail_is_written_in_its_readers_language(language, direction, word):
    message, html = letter_to(make_user(language=language, discretion=1), YES)
    assert message.subject == word
    assert message.body.startswith(word)
    assert f'<html lang="{language}" dir="{direction}">' in html
    assert message.extra_headers["Content-Language"] == language


def test_a_link_leads_to_the_readers_language_whatever_the_actors_was():
    message, html = letter_to(make_user(language="ar"))
    assert "/ar/introductions/" in message.body
    assert "/en/introductions/" not in message.body
    assert "/ar/introductions/" in html


@pytest.mark.parametrize("level", [Discretion.NEUTRAL, Discretion.DISCREET])
def test_a_discreet_mail_names_neither_alias_nor_title(level):
    message, html = letter_to(make_user(discretion=level))
    for part in (message.subject, message.from_email, message.body, html):
        assert "Canary" not in part
    assert "There is news." in message.body
    assert message.from_email == "no-reply@localhost"
    assert "Gesher" not in message.subject


def test_the_most_discreet_mail_does_not_name_the_site():
    message, html = letter_to(make_user(discretion=Discretion.DISCREET))
    for part in (message.subject, message.from_email, message.body, html):
        assert "Gesher" not in part
        assert "Jisr" not in part


def test_an_open_mail_says_what_it_is_about_and_who_sends_it():
    message, _html = letter_to(make_user(discretion=Discretion.OPEN))
    assert message.subject == "Canaryalias wrote on Canarytitle."
    assert "Gesher" in message.from_email


def test_the_same_letter_comes_as_text_and_as_html_without_anything_from_outside():
    message, html = letter_to(make_user(discretion=1), title="Oil & <b>stone</b>")
    assert "Oil & <b>stone</b>" in message.body
    assert "Oil &amp; &lt;b&gt;stone&lt;/b&gt;" in html
    for foreign in ("<img", "<link", "src=", "@import", "url("):
        assert foreign not in html
    assert html.count("border-radius:999px") == 1, "one button"


def test_each_address_has_a_line_of_its_own():
    message, _html = letter_to(make_user(discretion=1))
    for line in message.body.splitlines():
        if "http" in line:
            assert line.startswith("http")
            assert len(line.split()) == 1


def test_amounts_are_written_as_the_reader_writes_them():
    kind = register(NoticeKind("fee", "tests", "%(amount)s", "A fee"))
    message, _html = letter_to(
        make_user(discretion=1, language="en"), kind, amount=Money(1_250_00, "USD")
    )
    assert message.subject == "US$1,250.00"


def test_text_that_is_already_translated_is_refused():
    with pytest.raises(TypeError):
        notify(make_user(), ABOUT, title=_("yes"))
