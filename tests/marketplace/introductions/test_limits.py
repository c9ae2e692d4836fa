"""How many at once, how soon again, and nothing that ties two hidden listings together."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.exceptions import DomainError
from marketplace.introductions.actions import (
    accept_introduction,
    agree_to_step,
    ask_introduction,
    block_counterpart,
    decline_introduction,
    pause_requests,
    resume_requests,
    stop_step,
    withdraw_introduction,
)
from marketplace.introductions.limits import (
    is_resting,
    may_ask_again_on,
    takes_requests,
)
from marketplace.introductions.models import Introduction
from marketplace.introductions.responsiveness import note_bands
from marketplace.listings.models import Listing
from marketplace.notices.models import Notice, OutgoingMail
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Stage
from tests.factories import make_listing, make_member, make_organisation
from tests.marketplace.introductions.words import FIVE

pytestmark = pytest.mark.django_db
Band = Organisation.Responsiveness


def ask(listing, asker, by):
    return ask_introduction(listing, by=by, asker=asker, **FIVE)


def ask_by_strangers(listing, number):
    """So many requests of so many organisations."""
    asked = []
    for _each in range(number):
        organisation = make_organisation(side="il")
        asked.append(ask(listing, organisation, make_member(organisation)))
    return asked


def test_five_requests_are_out_at_once_and_no_more(haifa, asker):
    listings = [make_listing(make_organisation(side="ps")) for _ in range(6)]
    sent = [ask(listing, haifa, asker) for listing in listings[:5]]
    with pytest.raises(DomainError):
        ask(listings[5], haifa, asker)
    withdraw_introduction(sent[0], by=asker)
    ask(listings[5], haifa, asker)


def test_ten_wait_for_a_listing_and_no_more(listing, haifa, asker, asked):
    waiting = ask_by_strangers(listing, 10)
    with pytest.raises(DomainError):
        ask(listing, haifa, asker)
    accept_introduction(waiting[0], by=asked)
    ask(listing, haifa, asker)


def test_a_full_listing_leaves_the_lists_but_is_found(listing):
    ask_by_strangers(listing, 10)
    assert listing in Listing.objects.filter(is_resting())
    assert Listing.objects.visible_to(None).filter(pk=listing.pk).exists()


def test_a_full_hidden_listing_says_nothing_of_its_sister(listing, nablus, asked):
    sister = make_listing(nablus, owner=asked)
    ask_by_strangers(listing, 10)
    assert takes_requests(sister)
    assert list(Listing.objects.filter(is_resting())) == [listing]


def test_named_listings_fill_up_together(nablus, asked):
    one, other = (
        make_listing(nablus, owner=asked, anonymous=False) for _listing in range(2)
    )
    ask_by_strangers(one, 10)
    assert not takes_requests(other)
    assert set(Listing.objects.filter(is_resting())) == {one, other}


def test_a_declined_asker_waits_sixty_days(introduction, listing, haifa, asker, asked):
    decline_introduction(introduction, by=asked, because="not_now")
    with pytest.raises(DomainError):
        ask(listing, haifa, asker)
    Introduction.objects.update(answered_at=timezone.now() - timedelta(days=60))
    ask(listing, haifa, asker)


def test_the_wait_says_nothing_of_another_hidden_listing(
    introduction, nablus, haifa, asker, asked
):
    decline_introduction(introduction, by=asked, because="not_now")
    ask(make_listing(nablus, owner=asked), haifa, asker)


def test_who_asks_and_takes_back_again_and_again_has_to_wait(
    introduction, listing, haifa, asker, asked
):
    withdraw_introduction(introduction, by=asker)
    withdraw_introduction(ask(listing, haifa, asker), by=asker)
    with pytest.raises(DomainError):
        ask(listing, haifa, asker)
    assert Notice.objects.to(asked).count() == 4
    first = Introduction.objects.filter(pk=introduction.pk)
    first.update(asked_at=timezone.now() - timedelta(days=60))
    ask(listing, haifa, asker)


def test_a_request_its_reader_has_blocked_counts_like_any_other(
    introduction, listing, haifa, asker, asked
):
    """Else the limit would tell that nobody reads it any more."""
    withdraw_introduction(introduction, by=asker)
    again = ask(listing, haifa, asker)
    block_counterpart(again, by=asked)
    again.refresh_from_db()
    withdraw_introduction(again, by=asker)
    assert may_ask_again_on(listing, haifa) is not None


def test_a_step_wished_and_taken_back_in_turn_is_one_line(introduction, asker, asked):
    accept_introduction(introduction, by=asked)
    lines = Notice.objects.to(asked).filter(kind="introductions.step_wished")
    for _turn in range(4):
        agree_to_step(introduction, by=asker, stage=Stage.FACTS)
        stop_step(introduction, by=asker, stage=Stage.FACTS)
    assert (
        OutgoingMail.objects.filter(notice__in=lines).exclude(state="dropped").count()
        <= 1
    )
    agree_to_step(introduction, by=asker, stage=Stage.FACTS)
    waiting = OutgoingMail.objects.filter(notice__in=lines).exclude(state="dropped")
    assert waiting.count() == 1  # what was thrown away unsent is told anew


def test_declining_and_pausing_is_one_act(introduction, listing, asked):
    decline_introduction(introduction, by=asked, because="no_capacity", pause=True)
    stranger = make_organisation(side="il")
    with pytest.raises(DomainError):
        ask(listing, stranger, make_member(stranger))
    assert listing in Listing.objects.filter(is_resting())


def test_a_pause_ends(listing, haifa, asker, asked):
    pause = pause_requests(listing, by=asked)
    assert pause_requests(listing, by=asked) == pause
    resume_requests(pause, by=asked)
    ask(listing, haifa, asker)


def test_a_pause_of_a_hidden_listing_rests_it_alone(listing, nablus, asked):
    pause_requests(listing, by=asked)
    assert takes_requests(make_listing(nablus, owner=asked))


# -- responsiveness -----------------------------------------------------------------


def answer_after(listing, asked, days, number):
    for each in ask_by_strangers(listing, number):
        Introduction.objects.filter(pk=each.pk).update(
            asked_at=timezone.now() - timedelta(days=days)
        )
        decline_introduction(each, by=asked, because="no_fit")
    note_bands()


def test_no_band_below_five_answers(listing, asked, nablus):
    answer_after(listing, asked, 1, 4)
    nablus.refresh_from_db()
    assert nablus.responsiveness == ""


@pytest.mark.parametrize(
    ("days", "band"), [(1, Band.QUICK), (5, Band.STEADY), (9, Band.SLOW)]
)
def test_the_band_is_that_of_the_median_answer(listing, asked, nablus, days, band):
    answer_after(listing, asked, days, 5)
    nablus.refresh_from_db()
    assert nablus.responsiveness == band
