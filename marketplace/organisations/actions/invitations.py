"""Colleagues are asked to join, and answer by a link that only they hold."""

import datetime
import hashlib
import secrets

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from marketplace.audit.actions import record
from marketplace.audit.models import Entry
from marketplace.exceptions import DomainError
from marketplace.organisations.models import Invitation, Membership, Organisation
from marketplace.organisations.permissions import can_manage_members
from marketplace.people.models import User
from marketplace.refusals import require

LIFE = datetime.timedelta(days=14)
MOST_OPEN = 20
# Of one person in a day, and of these to one address: no tool to fill a mailbox with.
MOST_SENT, MOST_TO_ONE = 30, 3


class TooManyInvitations(DomainError):
    user_message = _("Too many invitations are waiting. Withdraw one first.")


class TooManyToday(DomainError):
    user_message = _("You have sent many invitations today. Please go on tomorrow.")


class InvitationClosed(DomainError):
    """The same words for a link that is wrong, used, foreign, withdrawn or run out."""

    user_message = _("This invitation is not open. Ask your colleague for a new one.")


def hash_of(token: str) -> str:
    """What is kept of the link's secret part."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite_colleague(
    organisation: Organisation, *, email: str, role: str, by: User
) -> Invitation:
    """An owner asks a colleague to join; the link goes to that address alone.

    A waiting invitation to the same address is replaced; one person sends so many a
    day. The answer is the same
    whether or not the address belongs to a member.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    require(can_manage_members(by, organisation))
    email = email.strip().lower()
    _refuse_beyond_a_day(by, email)
    waiting = organisation.invitations.open()
    waiting.filter(email=email).update(status=Invitation.Status.REVOKED)
    if waiting.count() >= MOST_OPEN:
        raise TooManyInvitations
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        role=role,
        token_hash=hash_of(token),
        invited_by=by,
        expires_at=timezone.now() + LIFE,
    )
    _mail(invitation, token)
    log(organisation, "organisations.invite", user=by)
    return invitation


def _refuse_beyond_a_day(by: User, email: str) -> None:
    day = timezone.now() - datetime.timedelta(days=1)
    sent = Invitation.objects.filter(invited_by=by, created_at__gt=day)
    if sent.count() >= MOST_SENT or sent.filter(email=email).count() >= MOST_TO_ONE:
        raise TooManyToday


@transaction.atomic
def accept_invitation(token: str, *, by: User) -> Membership:
    """The invited colleague joins, with the role that was offered."""
    invitation = _open_for(token, by)
    membership, _is_new = Membership.objects.get_or_create(
        organisation=invitation.organisation,
        user=by,
        defaults={"role": invitation.role},
    )
    _close(invitation, Invitation.Status.ACCEPTED)
    log(invitation.organisation, "organisations.join", user=by)
    record(
        Entry.Kind.JOINED,
        by=by,
        about_user=by,
        subject=invitation.organisation.public_id,
        role=invitation.role,
    )
    return membership


@transaction.atomic
def refuse_invitation(token: str, *, by: User) -> None:
    """The invited colleague does not want to join."""
    invitation = _open_for(token, by)
    _close(invitation, Invitation.Status.REFUSED)
    log(invitation.organisation, "organisations.refuse_invitation", user=by)


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: User) -> None:
    """An owner withdraws an invitation; its link is dead at once."""
    require(can_manage_members(by, invitation.organisation))
    if invitation.status == Invitation.Status.PENDING:
        _close(invitation, Invitation.Status.REVOKED)
        log(invitation.organisation, "organisations.revoke_invitation", user=by)


def _open_for(token: str, user: User) -> Invitation:
    """The open invitation behind a link, if it was sent to this person's address."""
    invitation = (
        Invitation.objects.open()
        .select_for_update()
        .filter(token_hash=hash_of(token), email=user.email.lower())
        .first()
    )
    if invitation is None or not user.is_active:
        raise InvitationClosed
    return invitation


def _close(invitation: Invitation, status: str) -> None:
    invitation.status = status
    invitation.save(update_fields=["status"])


def _mail(invitation: Invitation, token: str) -> None:
    """Written in the member's language, else the inviter's: nothing else is known."""
    member = User.objects.filter(email=invitation.email).first()
    language = (member or invitation.invited_by).language
    with translation.override(language):
        path = reverse("organisations:accept_invitation", args=[token])
        text = render_to_string(
            "organisations/email/invitation.txt", {"url": f"{settings.SITE_URL}{path}"}
        )
    subject, _empty, body = text.strip().partition("\n")
    EmailMessage(subject.strip(), body.strip() + "\n", to=[invitation.email]).send()
