"""The first page of the staff area: what waits, until when, safety first."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.staff.queue.waiting import Waiting, due_after
from cms.staff.work import SOURCES, heaps_for
from marketplace.introductions.models import Introduction
from marketplace.listings.models import Report
from payments.actions.adjustments import request_waiver
from payments.matters import note
from payments.models import Adjustment, Discrepancy
from tests.factories import make_listing, make_member, make_organisation
from tests.payments.rows import make_fee, make_schedule, payer_of

pytestmark = pytest.mark.django_db
# 25 November 2026 is a Wednesday; both weeks rest on Friday and Saturday.
WEDNESDAY = datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "until"),
    [(1, (26, 15)), (2, (29, 15)), (5, (2, 15))],
)
def test_a_clock_counts_the_days_on_which_both_weeks_work(days, until):
    due = due_after(WEDNESDAY, days).astimezone(UTC)
    assert (due.day, due.hour) == until


def test_what_comes_in_late_on_thursday_is_due_on_sunday():
    evening = datetime(2026, 11, 26, 21, 30, tzinfo=UTC)
    assert due_after(evening, 1).astimezone(UTC).strftime("%a %d %H") == "Sun 29 15"


def test_a_thing_is_late_once_its_time_is_over():
    now = timezone.now()
    assert Waiting("x", now, "", now - timedelta(seconds=1)).is_late
    assert not Waiting("x", now, "", now + timedelta(minutes=1)).is_late
    assert not Waiting("x", now, "").is_late


def test_safety_stands_before_everything_else(client, staff):
    staff("change_concern", "change_report", "verify_organisation", "view_introduction")
    old = timezone.now() - timedelta(days=30)
    make_organisation(alias="Waits for a month", created_at=old)
    Report.objects.create(listing=make_listing(title="Stone"), reason="untrue")
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert html.index("Stone") < html.index("Waits for a month")
    assert "late since" in html
    assert "waits longer than it should" in html
    # An empty heap takes no room.
    assert "Reports of threads" not in html


def test_finance_finds_its_queue_on_the_first_page(client, staff):
    user = staff("view_discrepancy", "view_stripeevent", "change_adjustment")
    make_schedule()
    share = make_fee().shares.first()
    matter = note(Discrepancy.Kind.OVERDUE, f"share:{share.public_id}")
    theirs = request_waiver(share, by=payer_of(share), because="means")
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    for row in (matter, theirs):
        name = row._meta.model_name
        assert reverse(f"{name}:inspect", args=[row.pk]) in html, name
    Adjustment.objects.filter(pk=theirs.pk).update(requested_by=user)
    titles = {str(heap.title): heap.lines for heap in heaps_for(user)}
    assert titles["Waivers waiting for a decision"] == []


def test_an_editor_finds_pages_whose_changes_nobody_reads_yet(client, staff, site_tree):
    staff("submit_translation")
    page = site_tree[0][next(iter(site_tree[0]))]
    page.title = "A title nobody reads yet"
    page.save_revision()
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Pages with changes that are not public yet" in html
    assert "A title nobody reads yet" in html


def test_a_held_introduction_is_due_when_the_hold_runs_out(staff):
    user = staff("view_introduction")
    until = timezone.now() + timedelta(days=2)
    asker = make_organisation(side="ps")
    held = Introduction.objects.create(
        asker=asker,
        asked_by=make_member(asker),
        listing=(listing := make_listing()),
        asked=listing.organisation,
        status=Introduction.Status.HELD,
        asked_at=timezone.now(),
        expires_at=until,
    )
    (heap,) = heaps_for(user)
    (line,) = heap.lines
    assert line.due == until
    assert line.label == str(held)[:8]


def test_who_has_nothing_to_do_is_told_so(client, staff):
    staff("change_report")
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Nothing is waiting." in html
    assert "What waits for you" in html


def test_a_longer_queue_asks_the_database_no_more(
    client, staff, django_assert_max_num_queries
):
    rights = {source.permission.partition(".")[2] for source in SOURCES}
    user = staff(*rights)
    for number in range(4):
        Report.objects.create(listing=make_listing(title=f"N{number}"), reason="other")
        make_organisation()
    heaps_for(user)
    with django_assert_max_num_queries(30):
        heaps_for(user)


def test_where_the_two_clocks_differ_the_earlier_evening_counts():
    """In April 2024 Jerusalem kept summer time, and Hebron not yet."""
    since = datetime(2024, 4, 8, 9, tzinfo=UTC)
    assert due_after(since, 1) == datetime(2024, 4, 9, 14, tzinfo=UTC)
