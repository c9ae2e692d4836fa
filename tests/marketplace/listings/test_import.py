"""Files of listings: good lines come in once, bad ones are told by their number."""

import gzip
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Revision

from marketplace.exceptions import NotAllowed
from marketplace.listings.actions import withdraw_listing
from marketplace.listings.models import Listing
from marketplace.listings.signals import listings_imported
from marketplace.money import Money
from marketplace.organisations.models import Organisation
from search.models import IndexChange
from tests.factories import make_member, make_organisation
from tests.marketplace.listings.bringing_in import LINE, bring_in
from tests.reviewing import approve_by_both

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]


def test_a_line_becomes_a_public_listing_with_all_it_says():
    report = bring_in({})
    assert (report.created, report.bad) == (1, [])
    listing = Listing.objects.visible_to(None).get()
    assert listing.title == "Olive oil in bulk"
    assert listing.amounts == (Money(5_000_000, "USD"), Money(12_000_000, "USD"))
    assert (listing.place.slug, listing.stage, listing.languages) == (
        "nablus",
        "growth",
        ["ar", "en"],
    )
    assert [sector.code for sector in listing.sectors.all()] == ["1040"]
    brings = [(item.capability.slug, item.text) for item in listing.brings.all()]
    assert brings == [("bulk-supply", ""), ("food-certificates", "since 2019")]
    assert [item.text for item in listing.needs.all()] == [
        "a bottler with shops in Tel Aviv"
    ]
    assert str(listing.published_on) == "2026-03-02"
    assert listing.organisation.side == "ps"
    assert listing.version == 1


def test_its_revision_is_what_wagtail_itself_would_write():
    bring_in({})
    listing = Listing.objects.get()
    written = listing.latest_revision.content
    Listing.objects.get(pk=listing.pk).save_revision(clean=False)
    again = Listing.objects.get(pk=listing.pk).latest_revision.content
    volatile = {"latest_revision", "live_revision", "latest_revision_created_at"}
    assert {k: v for k, v in written.items() if k not in volatile} == {
        k: v for k, v in again.items() if k not in volatile
    }
    assert Revision.objects.for_instance(listing).count() == 2


def test_the_same_file_again_changes_nothing_and_tells_nobody():
    bring_in({}, {"id": "b"})
    heard = []
    listings_imported.connect(
        lambda **news: heard.append(news["listing_ids"]), weak=False, dispatch_uid="t"
    )
    try:
        report = bring_in({}, {"id": "b"})
    finally:
        listings_imported.disconnect(dispatch_uid="t")
    assert (report.created, report.changed, report.unchanged) == (0, 0, 2)
    assert heard == []
    assert Revision.objects.count() == 2


def test_a_changed_line_is_a_new_version_with_new_parts():
    bring_in({})
    report = bring_in(
        {"title": "Olive oil, now organic", "brings": [], "sectors": ["4630"]}
    )
    assert report.changed == 1
    listing = Listing.objects.get()
    assert (listing.title, listing.version) == ("Olive oil, now organic", 2)
    assert listing.brings.count() == 0
    assert [sector.code for sector in listing.sectors.all()] == ["4630"]
    assert listing.latest_revision.content["title"] == "Olive oil, now organic"


def test_without_publish_every_line_waits_for_review(reviewer):
    report = bring_in({}, {"id": "b"}, publish=False)
    assert report.created == 2
    assert not Listing.objects.visible_to(None).exists()
    listing = Listing.objects.get(external_id="gj-0001")
    assert listing.state == Listing.State.IN_REVIEW
    approve_by_both(listing)
    public = Listing.objects.visible_to(None).get()
    assert public.title == "Olive oil in bulk"
    assert public.brings.count() == 2


def test_a_changed_line_waits_while_the_public_text_stays(reviewer):
    bring_in({})
    bring_in({"title": "Another title"}, publish=False)
    listing = Listing.objects.get()
    assert (listing.title, listing.live) == ("Olive oil in bulk", True)
    assert bring_in({"title": "Another title"}, publish=False).unchanged == 1
    approve_by_both(listing)
    assert Listing.objects.get().title == "Another title"


def test_what_its_owner_withdrew_stays_hidden():
    owner = make_member(make_organisation(side="ps"))
    organisation = owner.memberships.get().organisation
    organisation.slug = "hills"
    organisation.save()
    bring_in({"organisation": "hills"})
    withdraw_listing(Listing.objects.get(), by=owner)
    bring_in({"organisation": "hills", "title": "Back again"})
    assert not Listing.objects.visible_to(None).exists()


def test_only_reviewers_and_the_operator_publish_at_once(reviewer):
    member = make_member(make_organisation(side="ps"))
    with pytest.raises(NotAllowed):
        bring_in({}, by=member)
    assert bring_in({}, by=reviewer).created == 1


def test_a_member_writes_for_own_organisations_alone(reviewer):
    member = make_member(make_organisation(side="ps"))
    other = make_organisation(side="ps", slug="not-mine")
    report = bring_in(
        {},
        {"id": "b", "organisation": other.slug},
        {"id": "c", "side": "il"},
        by=member,
        publish=False,
    )
    assert report.created == 1
    assert [number for number, _reason in report.bad] == [2, 3]
    assert Listing.objects.get().organisation.memberships.get().user == member


def test_an_id_of_somebody_else_is_refused_to_a_member(reviewer):
    bring_in({})
    member = make_member(make_organisation(side="ps"))
    report = bring_in({"title": "Taken over"}, by=member, publish=False)
    assert report.good == 0
    assert Listing.objects.get().title == "Olive oil in bulk"


def test_unknown_organisations_are_made_only_when_asked():
    change = {"organisation": "press-hills"}
    assert bring_in(change).bad == [(1, "unknown organisation: press-hills")]
    assert bring_in(change, create_organisations=True).created == 1
    made = Organisation.objects.get(slug="press-hills")
    assert (made.side, made.is_verified) == ("ps", False)


def test_a_dry_run_counts_and_writes_nothing():
    report = bring_in({}, {"id": "b"}, dry_run=True)
    assert report.created == 2
    assert not Listing.objects.exists()
    assert not Organisation.objects.exists()


def test_a_batch_is_one_signal_and_every_listing_stands_in_the_outbox_once():
    heard = []
    listings_imported.connect(
        lambda **news: heard.append(len(news["listing_ids"])),
        weak=False,
        dispatch_uid="t",
    )
    try:
        bring_in(*({"id": f"n{number}"} for number in range(30)))
    finally:
        listings_imported.disconnect(dispatch_uid="t")
    assert heard == [30]
    assert IndexChange.objects.values("listing_id").distinct().count() == 30


def test_the_number_of_statements_does_not_grow_with_the_lines():
    counts = []
    for size in (5, 50):
        with CaptureQueriesContext(connection) as seen:
            bring_in(*({"id": f"s{size}-{number}"} for number in range(size)))
        counts.append(len(seen))
    assert counts[1] <= counts[0]


def test_bad_lines_are_told_by_file_and_number_and_good_ones_are_kept(tmp_path):
    file = tmp_path / "listings.jsonl"
    good = json.dumps(LINE)
    unknown = json.dumps(LINE | {"id": "b", "sectors": ["9999"]})
    file.write_text(f"{good}\n{{\n\n{unknown}\n{good}\n")
    out, err = io.StringIO(), io.StringIO()
    call_command("import_listings", str(file), publish=True, stdout=out, stderr=err)
    told = [line for line in err.getvalue().splitlines() if line]
    assert [line.split(": ")[0] for line in told] == [
        f"{file}:2",
        f"{file}:4",
        f"{file}:5",
    ]
    assert "unknown sector: 9999" in told[1]
    assert out.getvalue().strip() == "created 1, changed 0, unchanged 0, bad 3"


def test_a_packed_file_is_read_as_such_and_one_without_a_good_line_fails(tmp_path):
    packed = tmp_path / "listings.jsonl.gz"
    packed.write_bytes(gzip.compress(json.dumps(LINE).encode()))
    call_command("import_listings", str(packed), publish=True, stdout=io.StringIO())
    assert Listing.objects.count() == 1
    empty = tmp_path / "empty.jsonl"
    empty.write_text("{}\n")
    with pytest.raises(SystemExit) as exit_:
        call_command("import_listings", str(empty), stderr=io.StringIO())
    assert exit_.value.code == 1
    with pytest.raises(CommandError):
        call_command("import_listings", str(tmp_path / "missing.jsonl"))


def test_what_staff_bring_in_belongs_to_somebody_of_the_organisation(reviewer):
    organisation = make_organisation(side="ps", slug="the-press")
    make_member(organisation, role="viewer")
    make_member(organisation, role="editor")
    owner = make_member(organisation)
    bring_in({"organisation": "the-press"}, by=reviewer)
    assert Listing.objects.get().owner == owner


def test_what_an_editor_brings_in_is_the_editors_own(site_tree):
    organisation = make_organisation(side="ps", slug="the-press")
    make_member(organisation)
    editor = make_member(organisation, role="editor")
    bring_in({"organisation": "the-press"}, by=editor, publish=False)
    assert Listing.objects.get().owner == editor
