"""A mandate is stated by those who hold a seat, and stopped by its owners at any time."""

import pytest

from marketplace.exceptions import NotAllowed
from marketplace.mandates.actions import (
    Conditions,
    close_seat,
    end_mandate,
    open_seat,
    pause_mandate,
    resume_mandate,
    save_mandate,
)
from marketplace.mandates.models import InvestorMandate
from marketplace.mandates.permissions import may_be_told
from tests.factories import make_member, make_organisation, make_sector
from tests.mandates import make_mandate, make_seat, make_staff_member

pytestmark = pytest.mark.django_db


def test_a_mandate_needs_a_seat_and_somebody_who_acts_for_the_organisation():
    fund = make_organisation(side="third")
    owner, viewer = make_member(fund), make_member(fund, role="viewer")
    mandate = InvestorMandate(organisation=fund, name="Water", written_in="en")

    with pytest.raises(NotAllowed):
        save_mandate(mandate, Conditions(), by=owner)
    make_seat(fund)
    with pytest.raises(NotAllowed):
        save_mandate(mandate, Conditions(), by=viewer)
    save_mandate(mandate, Conditions([make_sector("3600")]), by=owner)

    kept = InvestorMandate.objects.of(owner).get()
    assert (kept.owner, kept.version) == (owner, 1)
    assert [sector.code for sector in kept.sectors.all()] == ["3600"]
    assert not InvestorMandate.objects.of(viewer).exists()


def test_a_change_grows_the_version_and_keeps_a_pause():
    mandate = make_mandate()
    pause_mandate(mandate, by=mandate.owner)
    mandate.refresh_from_db()
    mandate.name = "Another name"

    save_mandate(mandate, Conditions(), by=mandate.owner)

    mandate.refresh_from_db()
    assert mandate.version == 2
    assert mandate.paused_at is not None


def test_when_the_seat_ends_a_mandate_can_be_stopped_but_neither_changed_nor_resumed():
    mandate = make_mandate()
    staff = make_staff_member()
    open_seat(mandate.organisation, by=staff)
    mandate.organisation.entitlements.exclude(source__startswith="staff").delete()

    close_seat(mandate.organisation, by=staff)

    assert not may_be_told(mandate.organisation)
    assert not InvestorMandate.objects.entitled().exists()
    with pytest.raises(NotAllowed):
        save_mandate(mandate, Conditions(), by=mandate.owner)
    pause_mandate(mandate, by=mandate.owner)
    with pytest.raises(NotAllowed):
        resume_mandate(mandate, by=mandate.owner)
    end_mandate(mandate, by=mandate.owner)
    assert not InvestorMandate.objects.standing().exists()


def test_an_ended_mandate_does_not_come_back():
    mandate = make_mandate()
    end_mandate(mandate, by=mandate.owner)
    end_mandate(mandate, by=mandate.owner)

    with pytest.raises(NotAllowed):
        resume_mandate(mandate, by=mandate.owner)
    with pytest.raises(NotAllowed):
        save_mandate(mandate, Conditions(), by=mandate.owner)


def test_a_seat_is_opened_once_and_anew_after_its_end():
    fund, staff = make_organisation(side="third"), make_staff_member()

    first = open_seat(fund, by=staff)
    assert open_seat(fund, by=staff) == first
    close_seat(fund, by=staff)

    assert not may_be_told(fund)
    assert open_seat(fund, by=staff) != first
    assert may_be_told(fund)


def test_only_staff_with_the_right_open_seats():
    fund = make_organisation(side="third")

    with pytest.raises(NotAllowed):
        open_seat(fund, by=make_member(fund))


def test_others_can_neither_pause_nor_end_it():
    mandate, other = make_mandate(), make_member(make_organisation())

    for act in (pause_mandate, end_mandate):
        with pytest.raises(NotAllowed):
            act(mandate, by=other)


def test_a_mandate_is_named_by_its_public_id_alone_where_it_is_logged():
    mandate = make_mandate(name="Secret plan")

    assert "Secret" not in str(mandate)
    assert "Secret" not in repr(mandate)
