"""Two consents open, one withdrawal closes, silence opens nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.exceptions import DomainError, MoveNotAllowed, NotAllowed
from marketplace.introductions.actions import (
    accept_introduction,
    ask_introduction,
    close_introduction,
    decline_introduction,
    expire_introductions,
    send_message,
    withdraw_introduction,
)
from marketplace.introductions.faces import introduction_face
from marketplace.introductions.models import Introduction, Message
from marketplace.notices.models import Notice
from marketplace.organisations.models import Disclosure
from marketplace.organisations.stages import Stage
from tests.factories import make_member, make_organisation
from tests.introducing import introduce
from tests.marketplace.introductions.words import FIVE

pytestmark = pytest.mark.django_db


def live_stages():
    return set(Disclosure.objects.live().values_list("of__alias", "to__alias", "stage"))


def test_asking_opens_the_asker_to_the_asked_and_nothing_else(
    introduction, haifa, nablus
):
    assert live_stages() == {(haifa.alias, nablus.alias, Stage.INTERESTED)}


def test_accepting_opens_the_first_step_both_ways_and_no_further(
    introduction, asked, haifa, nablus
):
    accept_introduction(introduction, by=asked)
    assert live_stages() == {
        (haifa.alias, nablus.alias, Stage.INTERESTED),
        (nablus.alias, haifa.alias, Stage.INTERESTED),
    }


def test_a_yes_takes_few_statements_and_waits_for_nobody_else(
    introduction, asked, django_assert_max_num_queries
):
    """Each is asked while the row is locked; the two organisations' rows are not."""
    with django_assert_max_num_queries(36) as done:
        accept_introduction(introduction, by=asked)
    changed = [each["sql"] for each in done if each["sql"].startswith("UPDATE")]
    assert not any("organisations_organisation" in sql for sql in changed)
    assert not any("NO KEY UPDATE" in each["sql"] for each in done)


def test_every_open_step_rests_on_the_consents_of_both(introduction, asker, asked):
    introduce(introduction, asker, asked)
    consents = {str(c.public_id) for c in introduction.consents.all()}
    rows = Disclosure.objects.live().filter(stage__gte=Stage.FACTS)
    assert rows.count() == 6
    assert all(consents >= set(row.consents) and len(row.consents) == 2 for row in rows)


def test_only_the_side_that_was_asked_may_accept(introduction, asker):
    with pytest.raises(NotAllowed):
        accept_introduction(introduction, by=asker)


def test_a_stranger_may_not_accept(introduction):
    stranger = make_member(make_organisation(side="ps"))
    with pytest.raises(NotAllowed):
        accept_introduction(introduction, by=stranger)


def test_accepting_twice_is_refused(introduction, asked):
    accept_introduction(introduction, by=asked)
    with pytest.raises(MoveNotAllowed):
        accept_introduction(introduction, by=asked)


def test_declining_ends_what_the_asker_had_opened(introduction, asked):
    decline_introduction(introduction, by=asked, because="not_now", note="In spring")
    assert live_stages() == set()
    introduction.refresh_from_db()
    assert introduction.note == "In spring"


def test_withdrawing_leaves_nothing_to_accept(introduction, asker, asked):
    withdraw_introduction(introduction, by=asker)
    with pytest.raises(MoveNotAllowed):
        accept_introduction(introduction, by=asked)
    assert live_stages() == set()


def test_either_side_closes_and_nothing_is_readable_after(
    introduction, asked, asker, haifa
):
    introduce(introduction, asker, asked)
    send_message(introduction, by=asker, text="CANARYTEXT")
    close_introduction(introduction, by=asker)
    assert live_stages() == set()
    face = introduction_face(
        Introduction.objects.with_parties().get(pk=introduction.pk), asked
    )
    assert "CANARYTEXT" not in str(face)
    assert "Canary Haifa" not in str(face)


def test_a_closed_introduction_takes_no_messages(introduction, asked, asker):
    accept_introduction(introduction, by=asked)
    close_introduction(introduction, by=asked)
    with pytest.raises(NotAllowed):
        send_message(introduction, by=asker, text="Hello")
    assert not Message.objects.exists()


def test_before_both_agree_no_face_holds_a_legal_name(introduction, asker, asked):
    for viewer in (asker, asked):
        assert "Canary" not in str(introduction_face(introduction, viewer))


def test_after_both_agree_each_reads_the_other(introduction, asker, asked):
    introduction = introduce(introduction, asker, asked)
    assert "Canary Nablus" in str(introduction_face(introduction, asker))
    assert "Canary Haifa" in str(introduction_face(introduction, asked))


def test_an_unnamed_listing_stays_unnamed_to_who_asks(introduction, asker, nablus):
    assert introduction.listing.anonymous
    assert introduction_face(introduction, asker).counterpart is None
    assert nablus.alias not in str(introduction_face(introduction, asker))


@pytest.mark.parametrize("end", ["withdraw", "decline", "close"])
def test_what_the_asker_wrote_goes_with_its_consent(
    introduction, asker, asked, haifa, end
):
    if end == "withdraw":
        ended = withdraw_introduction(introduction, by=asker)
    elif end == "decline":
        ended = decline_introduction(introduction, by=asked, because="no_fit")
    else:
        accept_introduction(introduction, by=asked)
        ended = close_introduction(introduction, by=asker)
    seen = str(introduction_face(ended, asked))
    assert FIVE["i_bring"] not in seen
    assert haifa.alias not in seen
    assert FIVE["i_bring"] in str(introduction_face(ended, asker))


def test_two_open_requests_about_one_listing_are_refused(
    introduction, listing, haifa, asker
):
    with pytest.raises(DomainError):
        ask_introduction(listing, by=asker, asker=haifa, **FIVE)
    assert Introduction.objects.count() == 1


def test_organisations_of_one_side_are_not_introduced(listing):
    same = make_organisation(side="ps")
    with pytest.raises(NotAllowed):
        ask_introduction(listing, by=make_member(same), asker=same, **FIVE)


def test_time_that_has_passed_closes_without_blame_and_opens_nothing(
    introduction, asked
):
    Introduction.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    introduction.refresh_from_db()
    with pytest.raises(DomainError):
        accept_introduction(introduction, by=asked)
    assert expire_introductions() == 1
    assert expire_introductions() == 0
    introduction.refresh_from_db()
    assert introduction.status == Introduction.Status.EXPIRED
    assert live_stages() == set()


def test_both_sides_hear_of_each_step_and_no_notice_holds_a_word_of_it(
    introduction, asked, asker
):
    accept_introduction(introduction, by=asked)
    send_message(introduction, by=asker, text="CANARYTEXT")
    kinds = set(Notice.objects.values_list("recipient", "kind"))
    assert (asked.pk, "introductions.asked") in kinds
    assert (asker.pk, "introductions.accepted") in kinds
    assert (asked.pk, "introductions.message") in kinds
    assert "CANARYTEXT" not in str(list(Notice.objects.values()))
