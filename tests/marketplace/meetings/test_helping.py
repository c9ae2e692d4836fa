"""A facilitator agrees on times by its mandate, and reads nothing of what came of it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from marketplace.exceptions import NotAllowed
from marketplace.facilitation.actions import give_mandate, revoke_mandates
from marketplace.facilitation.faces import done_for
from marketplace.facilitation.models import Act, Facilitator
from marketplace.introductions.actions import close_introduction
from marketplace.introductions.actions.parting import leave_introduction
from marketplace.introductions.models import Introduction
from marketplace.meetings.actions import (
    LineText,
    cancel_meeting,
    decline_times,
    keep_note,
    pick_time,
    propose_times,
    withdraw_times,
    write_line,
)
from marketplace.notices.actions import keep_habits
from marketplace.notices.models import Notice, OutgoingMail
from marketplace.notices.readers import open_notices
from tests.factories import make_user
from tests.marketplace.meetings.conftest import SECOND, slot_of, times
from tests.marketplace.meetings.test_letters import letters
from tests.marketplace.meetings.test_times import fresh, told

pytestmark = pytest.mark.django_db
OTHER_ACTS = [act for act in Act.values if act != Act.SCHEDULE]


@pytest.fixture
def facilitator(met):
    return Facilitator.objects.create(user=make_user(time_zone="UTC"), side="ps")


@pytest.fixture
def helper(facilitator, met, nablus, asked):
    """One of the asked side, who may agree on times for it."""
    trust(facilitator, met, nablus, asked, Act.SCHEDULE)
    return facilitator.user


def trust(facilitator, introduction, organisation, by, *acts):
    about = introduction.public_id
    give_mandate(organisation, facilitator, by=by, about=about, acts=acts)


def done(organisation, introduction):
    return [each.act for each in done_for(organisation, introduction.public_id)]


def test_a_facilitator_picks_moves_and_cancels_and_its_client_reads_it(
    met, proposed, helper, nablus, haifa, asker
):
    meeting = pick_time(proposed, by=helper, slot=slot_of(proposed))
    assert meeting.asked_zone == "Asia/Hebron"  # the client's clock, not the helper's
    assert told(asker) == ["agreed"]
    propose_times(met, by=helper, times=times(SECOND + timedelta(days=1)))
    withdraw_times(meeting, by=helper)
    propose_times(met, by=asker, times=times(SECOND))
    decline_times(meeting, by=helper)
    cancel_meeting(meeting, by=helper)
    assert fresh(meeting).cancelled_by == nablus
    assert done(nablus, met) == [
        "picked a time for a meeting",
        "proposed times for a meeting",
        "took proposed times back",
        "said that no time suits",
        "cancelled a meeting",
    ]
    assert done(haifa, met) == []


def test_the_client_is_told_what_was_agreed_for_it(proposed, helper, asked):
    pick_time(proposed, by=helper, slot=slot_of(proposed))
    assert told(asked)[0] == "agreed"


@pytest.mark.parametrize("end", ["revoked", "other mandate", "closed"])
def test_without_this_mandate_nothing_is_done_or_shown(
    client, met, proposed, facilitator, helper, nablus, asked, end
):
    if end == "revoked":
        revoke_mandates(nablus, by=asked, about=met.public_id)
    elif end == "other mandate":
        trust(facilitator, met, nablus, asked, *OTHER_ACTS)
    else:
        close_introduction(met, by=asked)
    client.force_login(helper)
    assert client.get(proposed.get_absolute_url()).status_code == 404
    for act in (decline_times, withdraw_times, cancel_meeting):
        with pytest.raises(NotAllowed):
            act(proposed, by=helper)
    with pytest.raises(NotAllowed):
        propose_times(met, by=helper, times=times())


def test_a_facilitator_neither_reads_nor_says_what_came_of_it(
    client, over, helper, asked
):
    keep_note(over, by=asked, text="CANARYNOTE")
    write_line(over, by=asked, text=LineText("CANARYLINE"))
    client.force_login(helper)
    page = client.get(over.get_absolute_url()).content.decode()
    assert "CANARY" not in page
    for name in ("note", "line", "calendar"):
        path = reverse(f"meetings:{name}", args=[over.public_id])
        assert client.get(path).status_code == 404
    with pytest.raises(NotAllowed):
        write_line(over, by=helper, text=LineText("So"))
    with pytest.raises(NotAllowed):
        keep_note(over, by=helper, text="So")


def test_a_facilitator_learns_no_rest_and_no_city(client, proposed, helper, asked):
    keep_habits(asked, by=asked, days_off=[3])
    client.force_login(helper)
    page = client.get(proposed.get_absolute_url()).content.decode()
    assert "day off" not in page
    assert "Jerusalem" not in page
    assert "Take this time" in page


def test_a_mandate_reaches_no_side_that_is_ones_own(
    met, proposed, haifa, nablus, asked
):
    """Who belongs to the other side acts for that, whatever a client has granted."""
    person = make_user()
    haifa.memberships.create(user=person, role="reader")
    facilitator = Facilitator.objects.create(user=person, side="ps")
    trust(facilitator, met, nablus, asked, Act.SCHEDULE)
    with pytest.raises(NotAllowed):
        pick_time(proposed, by=person, slot=slot_of(proposed))


def heard(person):
    """What the site says to somebody of meetings, as far as it may still be read."""
    rows = list(Notice.objects.to(person).filter(kind__startswith="meetings."))
    still_open = open_notices(rows, person)
    return [row.kind.removeprefix("meetings.") for row in rows if row.pk in still_open]


def test_whoever_agrees_on_times_is_told_that_a_clients_wait(
    client, met, helper, asker, asked
):
    meeting = propose_times(met, by=asker, times=times())
    assert heard(helper) == ["client_proposed"]
    assert told(asked) == ["proposed"]
    propose_times(met, by=asker, times=times(SECOND))  # the same day, and unread
    assert heard(helper) == ["client_proposed"]
    client.force_login(helper)
    notices = client.get("/en/notices/").content.decode()
    assert "wait for one of your clients." in notices
    assert nothing_named(notices)
    client.get(meeting.get_absolute_url())
    about_meetings = Notice.objects.to(helper).filter(kind__startswith="meetings.")
    assert not about_meetings.unread().exists()


def nothing_named(page):
    return not any(word in page for word in ("Canary", "old mill", "Jerusalem"))


def test_a_facilitator_of_who_proposes_hears_nothing_of_it(met, helper, asked):
    propose_times(met, by=asked, times=times())
    assert heard(helper) == []


@pytest.mark.parametrize("case", ["other mandate", "inactive", "opposite", "own side"])
def test_nobody_else_is_told_of_a_clients_times(
    met, facilitator, haifa, nablus, asker, asked, case
):
    """Who belongs to the other side would learn that its client deals with that side."""
    acts = OTHER_ACTS if case == "other mandate" else [Act.SCHEDULE]
    trust(facilitator, met, nablus, asked, *acts)
    if case == "inactive":
        Facilitator.objects.update(is_active=False)
    elif case in ("opposite", "own side"):
        side = haifa if case == "opposite" else nablus
        side.memberships.create(user=facilitator.user, role="viewer")
    propose_times(met, by=asker, times=times())
    assert "client_proposed" not in heard(facilitator.user)


@pytest.mark.parametrize("end", ["revoked", "closed", "left"])
def test_the_line_closes_with_what_it_rests_on(met, helper, nablus, asker, asked, end):
    propose_times(met, by=asker, times=times())
    if end == "revoked":
        revoke_mandates(nablus, by=asked, about=met.public_id)
    elif end == "closed":
        close_introduction(met, by=asked)
    else:
        leave_introduction(Introduction.objects.locked(met.pk), nablus)
    assert heard(helper) == []


def test_a_letter_to_a_facilitator_goes_with_the_times(met, helper, asker):
    meeting = propose_times(met, by=asker, times=times())
    withdraw_times(meeting, by=asker)
    assert letters(helper, "client_proposed") == [OutgoingMail.State.DROPPED]


def test_of_a_client_that_has_left_nobody_is_told(met, helper, nablus, asker):
    """Its mandate has ended with the block."""
    leave_introduction(Introduction.objects.locked(met.pk), nablus)
    propose_times(met, by=asker, times=times())
    assert not Notice.objects.to(helper).filter(kind__startswith="meetings.").exists()
