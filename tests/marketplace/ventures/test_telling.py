"""Who acts again and again fills nobody's mail, and who has read is told anew."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.notices.models import Notice, OutgoingMail
from marketplace.ventures.actions import (
    activate_venture,
    add_milestone,
    agree_to_arrangement,
    choose_way_on,
    confirm_milestone,
    confirm_stand,
    edit_milestone,
    edit_venture,
    leave_arrangement,
    propose_arrangement,
    say_kept,
    sign_venture,
    write_closing,
)
from marketplace.ventures.honesty import Stand
from marketplace.ventures.models import JointVenture
from tests.marketplace.ventures import test_arrangements, test_closing, test_milestones
from tests.marketplace.ventures.test_actions import (
    introduction,
    people,
    sides,
    text_of,
)
from tests.marketplace.ventures.test_pulse import proposal, venture

pytestmark = pytest.mark.django_db
__all__ = ["introduction", "people", "proposal", "sides", "venture"]


def told(person, kind: str) -> tuple[int, int]:
    """How many lines stand on the site, and how many mails carry them."""
    notices = Notice.objects.filter(recipient=person, kind=f"ventures.{kind}")
    mails = OutgoingMail.objects.filter(notice__in=notices)
    return notices.count(), mails.count()


def test_one_line_tells_of_a_word_given_and_taken_back(venture, people):
    one, other = people
    arrangement = propose_arrangement(
        venture, by=other, text=test_arrangements.text_of()
    )
    agree_to_arrangement(arrangement, by=one, version=1)
    for turn in range(4):
        say_kept(arrangement, by=one, kept=turn % 2 == 0)
        confirm_stand(venture, by=one, stand=Stand.TRYING)
        choose_way_on(venture, by=one, way="contact")
    for kind in ("arrangement_kept", "stand_said", "way_chosen"):
        assert told(other, kind) == (1, 1)
        assert told(one, kind) == (0, 0)


def test_one_line_tells_of_what_is_written_and_thrown_away(venture, people):
    one, other = people
    for turn in range(3):
        text = test_milestones.text_for(venture, one, f"Count {turn}")
        step = add_milestone(venture, by=one, text=text)
        other_text = test_milestones.text_for(venture, one, f"Weigh {turn}")
        edit_milestone(step, by=one, text=other_text)
        confirm_milestone(step, by=one, what="dropped", version=2)
        arrangement = propose_arrangement(
            venture, by=one, text=test_arrangements.text_of()
        )
        leave_arrangement(arrangement, by=one)
    for kind in ("milestone", "arrangement", "arrangement_left"):
        assert told(other, kind) == (1, 1)


def test_one_line_tells_of_a_text_changed_to_and_fro(proposal, people, sides):
    one, other = people
    for turn in range(3):
        shares = {sides[0]: 5001 + turn, sides[1]: 4999 - turn}
        changed = edit_venture(proposal, by=one, text=text_of(shares))
        sign_venture(changed, by=one, text_hash=changed.text_hash())
    assert told(other, "edited") == told(other, "signed") == (1, 1)


def test_who_has_read_the_page_is_told_anew_and_so_is_everybody_on_another_day(
    client, venture, people
):
    one, other = people
    activate_venture(venture)
    venture = JointVenture.objects.get(pk=venture.pk)
    client.force_login(other)

    def write(note):
        write_closing(venture, by=one, text=test_closing.words(note=note))
        return told(other, "closing")[0]

    assert (write("One"), write("Two")) == (1, 1)
    client.head(venture.get_absolute_url())
    assert write("Three") == 1
    client.get(venture.get_absolute_url())
    assert (write("Four"), write("Five")) == (2, 2)
    later = timezone.now() + timedelta(days=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: later)
        assert (write("Six"), write("Seven")) == (3, 3)
