"""A member's notices on the site."""

import pytest
from django.urls import reverse
from django.utils import translation

from marketplace.exceptions import NotAllowed
from marketplace.notices.actions import mark_read, mark_read_about, notify
from marketplace.notices.kinds import NoticeKind, UnknownKind, register
from marketplace.notices.models import Notice
from tests.factories import make_organisation, make_user

pytestmark = pytest.mark.django_db

NEWS = register(NoticeKind("news", "tests", "News of %(title)s.", "News."))


def test_what_is_told_once_is_told_no_second_time():
    reader = make_user()
    first = notify(reader, NEWS, once="listing:1:30", title="Oil")
    again = notify(reader, NEWS, once="listing:1:30", title="Oil")
    other = notify(reader, NEWS, once="listing:1:7", title="Oil")
    assert again == first
    assert other != first
    assert Notice.objects.count() == 2


def test_a_kind_that_no_room_registered_fails_in_the_act():
    with pytest.raises(UnknownKind):
        notify(make_user(), NoticeKind("unregistered", "tests", "x", "x"))


def test_two_kinds_may_not_share_a_name():
    with pytest.raises(ValueError, match=r"tests\.news"):
        register(NoticeKind("news", "tests", "Other words", "News."))


def test_only_the_reader_marks_a_notice_as_read():
    notice = notify(make_user(), NEWS, title="Oil")
    with pytest.raises(NotAllowed):
        mark_read(notice, by=make_user())
    mark_read(notice, by=notice.recipient)
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_opening_the_thing_itself_reads_its_notices():
    reader, thing, other = make_user(), make_organisation(), make_organisation()
    about = notify(reader, NEWS, about=thing, title="Oil")
    elsewhere = notify(reader, NEWS, about=other, title="Stone")
    assert mark_read_about(thing, by=reader) == 1
    assert list(Notice.objects.unread()) == [elsewhere]
    assert about.about_id == str(thing.public_id), "opaque, never the key"


def test_a_foreign_notice_answers_like_a_missing_one(client):
    notice = notify(make_user(), NEWS, title="Oil")
    client.force_login(make_user())
    address = reverse("notices:open", args=[notice.public_id])
    assert client.post(address).status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_opening_a_notice_reads_it_and_leads_to_its_page_in_the_present_language(
    client,
):
    reader = make_user()
    notice = notify(reader, NEWS, url="/en/introductions/", title="Oil")
    client.force_login(reader)
    with translation.override("he"):
        address = reverse("notices:open", args=[notice.public_id])
    answer = client.post(address)
    notice.refresh_from_db()
    assert answer.url == "/he/introductions/"
    assert notice.read_at is not None


def test_everything_is_read_at_once(client):
    reader = make_user()
    for title in ("Oil", "Stone"):
        notify(reader, NEWS, title=title)
    client.force_login(reader)
    client.post(reverse("notices:read_all"))
    assert not Notice.objects.unread().exists()
