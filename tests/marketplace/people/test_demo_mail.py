"""The page that shows outgoing mail: development alone, each mail in its direction."""

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.urls import NoReverseMatch, reverse

from marketplace.people.demo_mail import shown_mail
from marketplace.people.views import demo_mail


def write_mail(folder, subject, language, day):
    message = EmailMultiAlternatives(
        subject,
        f"Body of {subject}\n\nhttp://127.0.0.1:8000/{language}/",
        "no-reply@localhost",
        ["reader@members.example"],
        connection=get_connection(
            "django.core.mail.backends.filebased.EmailBackend", file_path=str(folder)
        ),
        headers={
            "Content-Language": language,
            "Date": f"Wed, {day} Nov 2026 10:00:00 +0000",
        },
    )
    message.attach_alternative("<p>Body</p>", "text/html")
    message.send()


def test_mails_are_shown_newest_first_each_in_its_own_direction(tmp_path):
    write_mail(tmp_path, "زيت", "ar", 24)
    write_mail(tmp_path, "Oil", "en", 25)
    mails = shown_mail(tmp_path)
    assert [(mail.subject, mail.direction) for mail in mails] == [
        ("Oil", "ltr"),
        ("زيت", "rtl"),
    ]


def test_where_no_mail_was_sent_the_list_is_empty(tmp_path):
    assert shown_mail(tmp_path / "nothing") == []


def test_outside_development_the_page_has_no_address():
    with pytest.raises(NoReverseMatch):
        reverse("people:demo_mail")


@pytest.mark.django_db
def test_the_page_shows_text_with_links_and_no_markup_of_the_mail(
    rf, tmp_path, settings
):
    settings.EMAIL_FILE_PATH = str(tmp_path)
    write_mail(tmp_path, "<script>alert(1)</script>", "en", 25)
    html = demo_mail(rf.get("/en/demo/mail/")).content.decode()
    assert "<script>alert" not in html
    assert '<a href="http://127.0.0.1:8000/en/"' in html
