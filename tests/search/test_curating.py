"""Staff suggest a pair: both owners find it first, with the reason, and it is measured."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone, translation

from marketplace.exceptions import DomainError, NotAllowed
from marketplace.listings.models import Listing
from marketplace.organisations.models import Block
from search.curating import effects, end_suggestion, suggest_match
from search.indexing import drain, record_changes
from search.matching.matcher import refresh_due
from search.models import Match, MatchEvent
from tests.factories import make_listing, make_organisation, make_user

pytestmark = pytest.mark.django_db
WHY = {"en": "Both bottle oil.", "he": "שניהם ממלאים שמן.", "ar": "كلاهما يعبّئ الزيت."}


@pytest.fixture
def staff():
    user = make_user(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="publish_listing"))
    return user


@pytest.fixture
def pair() -> tuple[Listing, Listing]:
    """Two that nothing but a person would bring together."""
    named = {"summary": "", "anonymous": False}
    made = tuple(
        make_listing(make_organisation(side=side), title=title, **named)
        for side, title in (("il", "Quarry dust"), ("ps", "Wedding halls"))
    )
    record_changes([listing.pk for listing in made], "a test")
    drain()
    refresh_due()
    return made


def page_of(client, own: Listing, language: str = "en") -> str:
    client.force_login(own.owner)
    with translation.override(language):
        address = reverse("search:matches", args=[own.public_id])
    return client.get(address).content.decode()


def test_both_owners_find_it_with_the_reason_in_their_language(client, staff, pair):
    assert not Match.objects.live().exists()
    suggest_match(*pair, by=staff, why=WHY)
    refresh_due()  # matching anew leaves it where it is
    assert WHY["en"] in page_of(client, pair[0])
    assert WHY["ar"] in page_of(client, pair[1], "ar")


def test_it_stands_before_what_was_computed(staff, pair):
    own, suggested = pair
    other = make_listing(make_organisation(side="ps"))
    first, second = sorted((own, other), key=lambda row: row.pk)
    Match.objects.create(first=first, second=second, score=0.9, p=0.9, q=0.9)
    suggest_match(own, suggested, by=staff, why=WHY)
    Match.objects.filter(first=first, second=second).update(status="live")
    ids = [row.other_than(own) for row in Match.objects.live().of(own)]
    assert ids == [suggested.pk, other.pk]


def test_ended_it_stands_by_its_points_alone(client, staff, pair):
    made = suggest_match(*pair, by=staff, why=WHY)
    end_suggestion(made, by=staff)
    assert not Match.objects.live().exists()
    assert suggest_match(*pair, by=staff, why=WHY).pk != made.pk


def test_what_may_not_meet_is_not_suggested(staff, pair):
    one, other = pair
    same_side = make_listing(make_organisation(side="il"))
    for wrong in ((one, one), (one, same_side)):
        with pytest.raises(DomainError):
            suggest_match(*wrong, by=staff, why=WHY)
    suggest_match(*pair, by=staff, why=WHY)
    with pytest.raises(DomainError, match="already"):
        suggest_match(other, one, by=staff, why=WHY)
    with pytest.raises(NotAllowed):
        suggest_match(*pair, by=one.owner, why=WHY)


def test_a_block_takes_a_suggestion_out_of_both_lists(staff, pair):
    one, other = pair
    suggest_match(*pair, by=staff, why=WHY)
    Block.objects.create(
        organisation=one.organisation,
        other=other.organisation,
        known_as="x",
        blocked_by=one.owner,
    )
    record_changes([one.pk], "a test")
    drain()
    refresh_due()
    assert not Match.objects.live().exists()


def test_staff_learn_nothing_of_a_block_by_suggesting(client, staff, pair):
    one, other = pair
    free = make_listing(make_organisation(side="ps"), title="Free to meet")
    record_changes([free.pk], "a test")
    drain()
    Block.objects.create(
        organisation=other.organisation,
        other=one.organisation,
        known_as="x",
        blocked_by=other.owner,
    )
    made = [suggest_match(one, each, by=staff, why=WHY) for each in (other, free)]
    assert [each.is_standing for each in made] == [True, True]
    assert Match.objects.live().get().other_than(one) == free.pk
    assert WHY["en"] not in page_of(client, other)


def test_its_effect_is_counted_apart(staff, pair):
    one, other = pair
    log = MatchEvent.objects.create
    early = timezone.localdate() - timedelta(days=1)
    log(seeker=one, shown=other, kind="shown", happened_on=early)
    suggest_match(*pair, by=staff, why=WHY)
    for kind in ("shown", "shown", "requested", "accepted"):
        log(seeker=one, shown=other, kind=kind)
    log(seeker=other, shown=make_listing(), kind="shown")
    counted = {
        name: (found.shown, found.asked, found.accepted)
        for name, found in effects().items()
    }
    assert counted == {"suggested": (1, 1, 1), "computed": (2, 0, 0)}
