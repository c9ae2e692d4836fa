"""The work list shows each member of staff what waits for them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.staff import work
from cms.staff.work import heaps_for
from marketplace.listings.actions import approve_listing, submit_listing
from marketplace.listings.models import Report
from marketplace.notices.models import OutgoingMail
from marketplace.organisations.models import Organisation, VerificationDecision
from search.models import IndexChange
from tests.factories import make_listing, make_organisation, make_user
from tests.reviewing import make_reader

pytestmark = pytest.mark.django_db


def heap(user, title):
    return next(each for each in heaps_for(user) if str(each.title) == title)


def submitted(title, side="il"):
    listing = make_listing(make_organisation(side=side), title=title, live=False)
    listing.save_revision()
    return submit_listing(listing, by=listing.owner)


def test_what_waits_longest_stands_first(staff):
    user = staff("verify_organisation")
    now = timezone.now()
    for days in (1, 9, 4):
        make_organisation(alias=f"{days} days", created_at=now - timedelta(days=days))
    verified = Organisation.Verification.VERIFIED
    make_organisation(alias="done", verification_state=verified)
    lines = heap(user, "Organisations waiting for verification").lines
    assert [line.label for line in lines] == ["9 days", "4 days", "1 days"]


def test_who_asked_again_waits_from_then_on(staff):
    user = staff("verify_organisation")
    again = timezone.now() - timedelta(days=1)
    organisation = make_organisation(created_at=again - timedelta(days=90))
    VerificationDecision.objects.create(
        organisation=organisation, state="pending", decided_by=user, decided_at=again
    )
    (line,) = heap(user, "Organisations waiting for verification").lines
    assert line.since == again


def test_a_listing_waits_for_one_reader_and_then_for_the_other():
    first, second = make_reader("il"), make_reader("ps")
    mine, others = "Listings waiting for review", "Listings that others read next"
    listing = submitted("Olive oil")
    (line,) = heap(first, mine).lines
    (other,) = heap(second, others).lines
    assert line == other
    assert line.label == "Olive oil · Israeli"
    assert not heap(second, mine).lines
    approve_listing(listing, by=first)
    (later,) = heap(second, mine).lines
    assert (later.label, later.since) == ("Olive oil · Palestinian", line.since)
    assert [each.label for each in heap(first, others).lines] == [later.label]
    approve_listing(listing, by=second)
    assert not heap(second, mine).lines + heap(first, others).lines


def test_a_report_does_not_name_who_made_it(client, staff):
    user = staff("change_report")
    reporter = make_user(alias="Reporter's alias")
    Report.objects.create(
        listing=make_listing(title="Stone"), reported_by=reporter, reason="untrue"
    )
    closed = Report.objects.create(listing=make_listing(title="Wood"), reason="other")
    Report.objects.filter(pk=closed.pk).update(closed_at=timezone.now())
    (line,) = heap(user, "Reports of readers").lines
    assert line.label == "It is not true: Stone"
    html = client.get(reverse("work:index")).content.decode()
    assert "Stone" in html
    assert "Reporter" not in html


def test_rows_that_were_given_up_come_to_light(staff):
    user = staff("view_indexchange", "view_outgoingmail")
    IndexChange.objects.create(listing_id=7, reason="changed", state="dead")
    IndexChange.objects.create(listing_id=8, reason="changed")
    OutgoingMail.objects.create(
        recipient=user, message_id="m1", state="dead", last_error_class="SMTPError"
    )
    OutgoingMail.objects.create(recipient=user, message_id="m2")
    (change,) = heap(user, "Changes that did not reach the index").lines
    (mail,) = heap(user, "Mails that could not be sent").lines
    assert "7" in change.label
    assert mail.label == "account · SMTPError"


def test_nobody_sees_the_work_of_others(client, staff):
    make_organisation(alias="Not for editors")
    user = staff()
    assert heaps_for(user) == []
    html = client.get(reverse("work:index")).content.decode()
    assert "Not for editors" not in html
    assert "nothing waits on this list for you" in html


def test_a_long_heap_says_that_there_is_more(client, staff, monkeypatch):
    monkeypatch.setattr(work, "SHOWN", 2)
    user = staff("verify_organisation")
    for _ in range(3):
        make_organisation()
    found = heap(user, "Organisations waiting for verification")
    assert (len(found.lines), found.more) == (2, True)


def test_a_longer_list_asks_the_database_no_more(
    client, staff, django_assert_max_num_queries
):
    reader = make_reader("il")
    user = staff("change_listing", "verify_organisation", "change_report")
    user.groups.set(reader.groups.all())
    for number in range(4):
        Report.objects.create(listing=submitted(f"Listing {number}"), reason="other")
    client.get(reverse("work:index"))
    with django_assert_max_num_queries(17):
        client.get(reverse("work:index"))
