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
from marketplace.listings.actions import (
    approve_listing,
    import_listings,
    withdraw_listing,
)
from marketplace.listings.import_cells import BadLine
from marketplace.listings.import_lines import read_line
from marketplace.listings.models import Listing
from marketplace.listings.signals import listings_imported
from marketplace.money import Money
from marketplace.organisations.models import Organisation
from marketplace.people.clock import clock_user
from marketplace.taxonomy.models import Capability, Place, Sector
from search.models import IndexChange
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.django_db

LINE = {
    "id": "gj-0001",
    "kind": "offer",
    "title": "Olive oil in bulk",
    "summary": "Family press, 40 tonnes a season.",
    "language": "en",
    "side": "ps",
    "place": "nablus",
    "sectors": ["1040"],
    "brings": [
        "bulk-supply",
        {"capability": "food-certificates", "text": "since 2019"},
    ],
    "needs": [{"text": "a bottler with shops in Tel Aviv"}],
    "amount": {"min": 50000, "max": 120000, "currency": "USD"},
    "stage": "growth",
    "languages": ["ar", "en"],
    "published_at": "2026-03-02T09:00:00Z",
}


@pytest.fixture(autouse=True)
def vocabulary(db):
    for code in ("1040", "4630"):
        Sector.objects.get_or_create(code=code, defaults={"level": "class"})
    for slug in ("bulk-supply", "food-certificates"):
        Capability.objects.get_or_create(slug=slug, defaults={"step": "sales"})
    Place.objects.get_or_create(slug="nablus")


def lines(*changes):
    """Numbered lines, each the example with some keys changed."""
    return [
        (number, json.dumps(LINE | change).encode())
        for number, change in enumerate(changes, 1)
    ]


def bring_in(*changes, by=None, publish=True, **options):
    return import_listings(
        lines(*changes), by=by or clock_user(), publish=publish, **options
    )


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
    approve_listing(listing, by=reviewer)
    public = Listing.objects.visible_to(None).get()
    assert public.title == "Olive oil in bulk"
    assert public.brings.count() == 2


def test_a_changed_line_waits_while_the_public_text_stays(reviewer):
    bring_in({})
    bring_in({"title": "Another title"}, publish=False)
    listing = Listing.objects.get()
    assert (listing.title, listing.live) == ("Olive oil in bulk", True)
    assert bring_in({"title": "Another title"}, publish=False).unchanged == 1
    approve_listing(listing, by=reviewer)
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


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"{", "broken JSON"),
        (b"[]", "not a JSON object"),
        (b"\xff\xfe", "not UTF-8"),
        (b'{"id": NaN}', "broken JSON"),
        (b"[" * 100_000, "broken JSON"),
        (b'{"kind":"offer","title":"x"}', "id is missing"),
    ],
)
def test_what_is_no_record_is_refused(raw, reason):
    with pytest.raises(BadLine, match=reason):
        read_line(raw)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"id": "a b"}, "id is not valid"),
        ({"id": "x" * 65}, "id is not valid"),
        ({"kind": "gift"}, "unknown kind"),
        ({"kind": ["offer"]}, "unknown kind"),
        ({"title": "  "}, "title is missing"),
        ({"title": "y " * 150}, "title is longer than"),
        ({"summary": "z" * 1500}, "word of more than"),
        ({"summary": "\ud800"}, "summary is not UTF-8"),
        ({"summary": 7}, "summary is not text"),
        ({"language": "english"}, "language is not valid"),
        ({"side": "Palestine"}, "side is not valid"),
        ({"sectors": "1040"}, "sectors is not a list"),
        ({"brings": [3]}, "brings holds something"),
        ({"needs": [{}]}, "needs holds an item without"),
        ({"amount": {"min": 5, "max": 4, "currency": "USD"}}, "min is larger"),
        ({"amount": {"min": -1, "currency": "USD"}}, "below zero"),
        ({"amount": {"min": 1.005, "currency": "USD"}}, "too many decimals"),
        ({"amount": {"min": 1, "currency": "XXX"}}, "unknown currency"),
        ({"amount": {"min": "1", "currency": "USD"}}, "not a number"),
        ({"amount": {"currency": "USD"}}, "neither min nor max"),
        ({"published_at": "yesterday"}, "no ISO 8601 time"),
        ({"published_at": "2999-01-01T00:00:00Z"}, "in the future"),
        ({"languages": ["arabic"]}, "no language code"),
        ({"instruments": ["gift"]}, "no form of funding"),
    ],
)
def test_a_line_that_says_something_impossible_is_refused(change, reason):
    with pytest.raises(BadLine, match=reason):
        read_line(json.dumps(LINE | change).encode())


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


# -- what has to hold for a pair to work, and whom to write to ---------------------


def test_a_line_says_what_has_to_hold_to_work_together():
    bring_in(
        {
            "feasibility": {
                "meets_online": False,
                "neutral_place": True,
                "permits": "needed",
                "goods_cross": True,
                "perishable": "days",
                "start_on": "2027-01-15",
            }
        }
    )
    listing = Listing.objects.get()
    assert (listing.meets_online, listing.neutral_place) == (False, True)
    assert (listing.permits, listing.goods_cross) == ("needed", True)
    assert (listing.perishable, str(listing.start_on)) == ("days", "2027-01-15")


def test_a_line_without_it_stands_as_an_untouched_form_does():
    bring_in({})
    listing = Listing.objects.get()
    assert (listing.meets_online, listing.permits) == (True, "unknown")
    assert (listing.goods_cross, listing.start_on) == (False, None)


@pytest.mark.parametrize(
    ("feasibility", "reason"),
    [
        ([], "feasibility is not an object"),
        ({"permits": "perhaps"}, "unknown permits"),
        ({"goods_cross": "yes"}, "goods_cross is neither true nor false"),
        ({"start_on": "soon"}, "start_on is no ISO 8601 day"),
    ],
)
def test_bad_words_about_it_are_told(feasibility, reason):
    report = bring_in({"feasibility": feasibility})
    assert reason in report.bad[0][1]


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
