"""Organisations come in, invite colleagues and are verified with a reason."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.utils import timezone

from marketplace.exceptions import DomainError, MoveNotAllowed, NotAllowed
from marketplace.organisations.actions import (
    accept_invitation,
    ask_verification_again,
    edit_organisation,
    grant_entitlement,
    invite_colleague,
    register_organisation,
    revoke_invitation,
    verify_organisation,
)
from marketplace.organisations.actions.invitations import InvitationClosed, TooManyToday
from marketplace.organisations.actions.registration import SideIsSettled
from marketplace.organisations.actions.verification import ReasonNotFitting
from marketplace.organisations.models import Entitlement, Organisation
from marketplace.taxonomy.models import Country, Place
from tests.factories import make_member, make_organisation, make_user

pytestmark = pytest.mark.django_db
State = Organisation.Verification


def staff():
    user = make_user(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="verify_organisation"))
    return user


def invite(organisation, owner, email, settings, role="editor"):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    invitation = invite_colleague(organisation, email=email, role=role, by=owner)
    token = mail.outbox[-1].body.split("/invitations/")[1].split("/")[0].strip()
    return invitation, token


def test_who_registers_an_organisation_acts_for_it_and_its_name_lies_sealed():
    founder = make_user()
    organisation = register_organisation(
        by=founder, alias="Press in the hills", side="ps", legal_name="Zzyzx Oil Ltd"
    )
    assert organisation.memberships.get().user == founder
    assert organisation.verification_state == State.PENDING
    stored = Organisation.objects.filter(pk=organisation.pk).values().get()
    assert "Zzyzx" not in str(stored)
    assert Organisation.objects.get(pk=organisation.pk).legal_name == "Zzyzx Oil Ltd"


def test_staff_verify_with_a_reason_that_belongs_to_the_decision():
    organisation = make_organisation()
    reviewer = staff()
    with pytest.raises(ReasonNotFitting):
        verify_organisation(
            organisation, state=State.VERIFIED, because="unreadable", by=reviewer
        )
    verify_organisation(
        organisation, state=State.VERIFIED, because="register_checked", by=reviewer
    )
    organisation.refresh_from_db()
    assert organisation.is_verified
    assert organisation.verified_on == timezone.localdate()


def test_a_member_cannot_verify_anyone():
    organisation = make_organisation()
    with pytest.raises(NotAllowed):
        verify_organisation(
            organisation,
            state=State.VERIFIED,
            because="register_checked",
            by=make_member(organisation),
        )


def test_a_failed_organisation_asks_again_in_one_step():
    organisation = make_organisation()
    owner = make_member(organisation)
    verify_organisation(
        organisation, state=State.FAILED, because="unreadable", by=staff()
    )
    ask_verification_again(organisation, by=owner)
    organisation.refresh_from_db()
    assert organisation.verification_state == State.PENDING


def test_a_verified_organisation_does_not_fail_but_is_revoked():
    organisation = make_organisation(verification_state=State.VERIFIED)
    with pytest.raises(MoveNotAllowed):
        verify_organisation(
            organisation, state=State.FAILED, because="unreadable", by=staff()
        )


def test_the_side_of_a_verified_organisation_stays():
    organisation = make_organisation(verification_state=State.VERIFIED)
    owner = make_member(organisation)
    with pytest.raises(SideIsSettled):
        edit_organisation(organisation, by=owner, side="ps")
    edit_organisation(organisation, by=owner, descriptor="Two vans and a cold room")
    organisation.refresh_from_db()
    assert (organisation.side, organisation.descriptor[:8]) == ("il", "Two vans")


@pytest.mark.parametrize("name", ["size", "country", "place"])
def test_what_free_seats_rest_on_stays_until_staff_let_it_be_changed(name):
    here = Place.objects.create(slug="here", name_en="H", name_he="H", name_ar="H")
    country = Country.objects.create(code="QX", name_en="Q", name_he="Q", name_ar="Q")
    organisation = make_organisation(
        verification_state=State.VERIFIED, size="few", place=here, country=country
    )
    owner = make_member(organisation)
    other = {"size": "tens", "country": None, "place": None}[name]
    with pytest.raises(SideIsSettled):
        edit_organisation(organisation, by=owner, **{name: other})
    verify_organisation(organisation, state="expired", because="changed", by=staff())
    edit_organisation(organisation, by=owner, **{name: other})
    organisation.refresh_from_db()
    assert getattr(organisation, name) == other


def test_a_verified_organisation_does_not_ask_again():
    organisation = make_organisation(verification_state=State.VERIFIED)
    with pytest.raises(MoveNotAllowed):
        ask_verification_again(organisation, by=make_member(organisation))


def test_an_invited_colleague_joins_with_the_role_offered_and_only_once(settings):
    organisation = make_organisation()
    owner, colleague = make_member(organisation), make_user(email="new@firm.example")
    _, token = invite(organisation, owner, "New@firm.example", settings, role="viewer")
    assert accept_invitation(token, by=colleague).role == "viewer"
    with pytest.raises(InvitationClosed):
        accept_invitation(token, by=colleague)


def test_wrong_used_foreign_old_and_withdrawn_links_answer_alike(settings):
    organisation = make_organisation()
    owner, colleague = make_member(organisation), make_user(email="new@firm.example")
    invitation, token = invite(organisation, owner, colleague.email, settings)
    refusals = []
    for attempt, by in ((token, make_user()), ("nonsense", colleague)):
        with pytest.raises(InvitationClosed) as refusal:
            accept_invitation(attempt, by=by)
        refusals.append(str(refusal.value))
    invitation.expires_at = timezone.now() - datetime.timedelta(seconds=1)
    invitation.save()
    with pytest.raises(InvitationClosed) as refusal:
        accept_invitation(token, by=colleague)
    refusals.append(str(refusal.value))
    invitation, token = invite(organisation, owner, colleague.email, settings)
    revoke_invitation(invitation, by=owner)
    with pytest.raises(InvitationClosed) as refusal:
        accept_invitation(token, by=colleague)
    refusals.append(str(refusal.value))
    assert len(set(refusals)) == 1


def test_an_editor_cannot_invite(settings):
    organisation = make_organisation()
    make_member(organisation)
    editor = make_member(organisation, role="editor")
    with pytest.raises(DomainError):
        invite_colleague(organisation, email="x@y.example", role="owner", by=editor)


def test_an_entitlement_granted_twice_from_one_source_is_one_row():
    organisation = make_organisation()
    for _time in range(2):
        grant_entitlement(organisation, feature="pro", source="fee:1", by=make_user())
    assert Entitlement.objects.in_force().count() == 1


def test_no_address_is_written_to_again_and_again():
    """Each invitation replaces the one before, so the limit of waiting ones is none."""
    house = make_organisation()
    owner = make_member(house)
    for _number in range(3):
        invite_colleague(house, email="Tired@a.example", role="editor", by=owner)
    with pytest.raises(TooManyToday):
        invite_colleague(house, email="tired@a.example", role="editor", by=owner)
    earlier = timezone.now() - datetime.timedelta(days=1, minutes=1)
    house.invitations.update(created_at=earlier)
    invite_colleague(house, email="tired@a.example", role="editor", by=owner)


def test_one_person_sends_so_many_invitations_a_day_whatever_the_house():
    owner = make_user()
    for number in range(30):
        if number % 15 == 0:
            house = make_organisation()
            house.memberships.create(user=owner)
        email = f"a{number}@a.example"
        invite_colleague(house, email=email, role="editor", by=owner)
    with pytest.raises(TooManyToday):
        invite_colleague(house, email="one@a.example", role="editor", by=owner)
