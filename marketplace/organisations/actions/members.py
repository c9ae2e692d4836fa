"""An owner ends what a colleague may do."""

from django.db import transaction
from django.db.models import Q
from wagtail.log_actions import log

from marketplace.audit.actions import record
from marketplace.audit.models import Entry
from marketplace.exceptions import NotAllowed
from marketplace.notices.actions import notify
from marketplace.organisations.models import Invitation, Membership, Organisation
from marketplace.organisations.notice_kinds import ACCESS_ENDED
from marketplace.organisations.permissions import can_manage_members
from marketplace.organisations.signals import colleague_removed
from marketplace.people.models import User
from marketplace.refusals import require


@transaction.atomic
def remove_colleague(membership: Membership, *, by: User) -> None:
    """From the commit on a colleague reads and does nothing here any more.

    Open invitations that the colleague sent end, too. Where partners met the colleague
    as the contact person, they now meet the owner who did this, and nobody who has not
    asked for it. Nobody removes themselves, so an owner always stays; safe to repeat.
    """
    organisation = Organisation.objects.select_for_update().get(
        pk=membership.organisation_id
    )
    require(can_manage_members(by, organisation))
    if membership.user_id == by.pk:
        raise NotAllowed
    left = membership.user
    was_contact = organisation.contact == left
    deleted, _rows = Membership.objects.filter(pk=membership.pk).delete()
    if not deleted:
        return
    if was_contact:
        organisation.memberships.update(is_contact=Q(user=by))
    organisation.invitations.open().filter(invited_by=left).update(
        status=Invitation.Status.REVOKED
    )
    log(organisation, "organisations.remove_colleague", user=by)
    record(
        Entry.Kind.LEFT,
        by=by,
        about_user=left,
        subject=organisation.public_id,
        role=membership.role,
    )
    notify(left, ACCESS_ENDED)
    colleague_removed.send(
        sender=Organisation,
        organisation=organisation,
        user=left,
        by=by,
        contact_changed=was_contact,
    )
