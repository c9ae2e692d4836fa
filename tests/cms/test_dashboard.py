"""A member's start page."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from marketplace.introductions.models import Introduction
from marketplace.meetings.models import Meeting, SharedLine
from marketplace.notices.actions import notify
from marketplace.notices.kinds import NoticeKind, register
from marketplace.organisations.stages import Stage
from marketplace.ventures.models import JointVenture, Signature
from payments.models import Fee
from search.models import Match
from tests.factories import make_listing, make_member, make_organisation, make_user
from tests.payments.rows import make_fee

pytestmark = pytest.mark.django_db

NEWS = register(NoticeKind("start", "tests", "News of %(title)s.", "News."))


def page(client, user=None, language="en"):
    if user:
        client.force_login(user)
    with translation.override(language):
        address = reverse("dashboard")
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def make_request(asker, asked, title, **fields):
    listing = make_listing(asked, title=title)
    return Introduction.objects.create(
        asker=asker,
        asked=asked,
        listing=listing,
        asked_by=make_member(asker),
        status=fields.pop("status", Introduction.Status.ASKED),
        asked_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=10),
        **fields,
    )


def make_proposal(one, other, title):
    met = make_request(one, other, f"{title} met", status="accepted")
    venture = JointVenture.objects.create(
        introduction=met,
        title=title,
        purpose="To press.",
        starts_on=date(2027, 1, 1),
        proposed_by=met.asked_by,
    )
    for organisation in (one, other):
        venture.parties.create(organisation=organisation, ownership=5000)
        met.consents.create(
            organisation=organisation, stage=Stage.PERSON, given_by=met.asked_by
        )
    return venture


def make_meetings(introduction):
    """One to come, with times that would move it, and one whose line waits for a yes."""
    now = timezone.now()
    ahead, past = (
        introduction.meetings.create(status=status) for status in ("agreed", "over")
    )
    Meeting.objects.filter(pk=ahead.pk).update(
        begins_at=now + timedelta(days=1), ends_at=now + timedelta(days=1, hours=1)
    )
    proposal = ahead.proposals.create(
        organisation=introduction.asked,
        proposed_by=introduction.asked_by,
        minutes=30,
        way="video",
        lapses_at=now + timedelta(days=3),
    )
    proposal.slots.create(begins_at=now + timedelta(days=3))
    SharedLine.objects.create(
        meeting=past, text="Ten crates.", written_by=introduction.asked_by
    )


def make_match(own, other, score=0.9):
    first, second = sorted([own, other], key=lambda each: each.pk)
    return Match.objects.create(first=first, second=second, score=score, p=1, q=1)


def test_a_visitor_is_asked_to_sign_in(client):
    answer = client.get("/en/dashboard/")
    assert answer.status_code == 302
    assert answer.url.startswith("/en/accounts/login/")


def test_who_is_new_is_shown_where_to_begin(client):
    html = page(client, make_user())
    assert reverse("organisations:register") in html
    assert 'id="my-listings"' not in html


def test_staff_without_an_organisation_are_led_to_their_work(client):
    html = page(client, make_user(is_staff=True))
    assert reverse("wagtailadmin_home") in html
    assert reverse("organisations:register") not in html


def test_an_organisation_without_listings_is_invited_to_post_one(client):
    user = make_member(make_organisation())
    html = page(client, user)
    assert "Post your first listing" in html
    assert "Nothing waits for you" in html


def test_who_only_looks_on_is_not_asked_to_act(client):
    own, other = make_organisation(side="il"), make_organisation(side="ps")
    make_request(other, own, "Olive oil")
    html = page(client, make_member(own, role="viewer"))
    assert "Post another listing" not in html
    assert "Somebody asks to be introduced" not in html


def test_a_request_waits_for_the_asked_and_is_on_its_way_for_the_asker(client):
    haifa, nablus = make_organisation(side="il"), make_organisation(side="ps")
    answering, asking = make_member(haifa), make_member(nablus)
    make_request(nablus, haifa, "Olive oil")
    assert "Somebody asks to be introduced" in page(client, answering)
    html = page(client, asking)
    assert "Requests on their way" in html
    assert "Somebody asks to be introduced" not in html


def test_what_is_answered_waits_no_longer(client):
    haifa, nablus = make_organisation(side="il"), make_organisation(side="ps")
    user = make_member(haifa)
    make_request(nablus, haifa, "Olive oil", status="declined")
    assert "Nothing waits for you" in page(client, user)


def test_a_proposal_waits_until_one_has_signed_it_as_it_stands(client):
    haifa, nablus = make_organisation(side="il"), make_organisation(side="ps")
    user = make_member(haifa)
    venture = make_proposal(haifa, nablus, "Press together")
    assert "Press together" in page(client, user)
    signature = Signature.objects.create(
        party=venture.parties.get(organisation=haifa), signed_by=user, text_hash="x"
    )
    assert "Press together" not in page(client, user)
    signature.voided_at = timezone.now()
    signature.save()
    assert "Press together" in page(client, user)


def test_a_payer_sees_the_own_share_and_nothing_of_the_partners(client):
    fee = make_fee(total=240_00, ownership=(7500, 2500))
    one, other = fee.shares.order_by("pk")
    payer = one.party.organisation.memberships.get().user
    html = page(client, payer)
    assert reverse("payments:share", args=[one.public_id]) in html
    assert str(other.public_id) not in html
    assert other.party.organisation.legal_name not in html
    Fee.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    assert "overdue" in page(client, payer)
    one.state = one.State.PAID
    one.save()
    assert str(one.public_id) not in page(client, payer)


def test_matches_are_those_that_are_still_visible(client):
    haifa, nablus = make_organisation(side="il"), make_organisation(side="ps")
    user = make_member(haifa)
    own = make_listing(haifa, title="Our need")
    seen, gone = make_listing(nablus, title="Seen"), make_listing(nablus, title="Gone")
    make_match(own, seen, 0.87)
    make_match(own, gone)
    assert "Gone" in page(client, user)
    gone.withdrawn_at = timezone.now()
    gone.save()
    html = page(client, user)
    assert "Gone" not in html
    assert "87 of 100 points" in html
    assert nablus.alias not in html


def test_matches_of_others_are_not_shown(client):
    haifa, nablus = make_organisation(side="il"), make_organisation(side="ps")
    make_match(make_listing(haifa, title="One"), make_listing(nablus, title="Two"))
    html = page(client, make_member(make_organisation(side="il")))
    assert "One" not in html
    assert "Two" not in html


def test_news_stands_until_it_is_read(client):
    user = make_member(make_organisation())
    notice = notify(user, NEWS, title="Oil")
    assert "News of Oil." in page(client, user)
    notice.read_at = timezone.now()
    notice.save()
    assert "News of Oil." not in page(client, user)


@pytest.mark.parametrize("language", ["en", "he", "ar"])
def test_the_page_speaks_the_language_of_its_address(client, language):
    html = page(client, make_member(make_organisation()), language)
    assert ("My overview" in html) == (language == "en")
    assert html.count("<h1") == 1


def a_busy_member(number):
    """Somebody with this many of everything."""
    own, other = make_organisation(side="il"), make_organisation(side="ps")
    user = make_member(own)
    for index in range(number):
        make_request(other, own, f"asked {index}")
        make_request(own, other, f"asks {index}")
        make_meetings(make_proposal(own, other, f"venture {index}").introduction)
        make_match(make_listing(own), make_listing(other))
        notify(user, NEWS, title=str(index))
        fee = make_fee()
        fee.shares.first().party.organisation.memberships.create(user=user)
    return user


def queries_of(client, user):
    client.force_login(user)
    client.get("/en/dashboard/")  # menus are kept, the session knows its time
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get("/en/dashboard/").status_code == 200
    return [query["sql"] for query in asked.captured_queries]


def test_the_page_asks_ten_times_however_much_there_is(client, site_tree):
    few = queries_of(client, a_busy_member(1))
    many = queries_of(client, a_busy_member(4))
    assert len(few) == len(many) <= 10, "\n".join(many)
