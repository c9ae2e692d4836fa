"""An organisation comes in, and changes what it says of itself."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from marketplace.exceptions import DomainError
from marketplace.organisations.models import Membership, Organisation
from marketplace.organisations.permissions import (
    can_edit,
    can_manage_members,
    can_register,
    people_acting_for,
)
from marketplace.organisations.signals import organisation_changed
from marketplace.people.models import User
from marketplace.refusals import require
from marketplace.taxonomy.models import Sector

SETTLED = ("side", "legal_name", "registration", "country", "place", "size")
"""The mark “verified” and free seats rest on these. Were the mark to fall at an edit,
it would fall from all listings at once and tell which hidden ones belong together."""


class SideIsSettled(DomainError):
    """The side of a verified organisation stays; it decides who meets whom."""

    user_message = _("What was verified cannot be changed here. Write to the staff.")


class TooFewToSign(DomainError):
    """More signatures than people who could give them."""

    user_message = _(
        "Fewer people than that may sign for the organisation. Invite a colleague first."
    )


@transaction.atomic
def register_organisation(
    *,
    by: User,
    alias: str,
    side: str,
    legal_name: str = "",
    registration: str = "",
    sectors: Iterable[Sector] = (),
    **fields: object,
) -> Organisation:
    """Somebody brings an organisation into the programme and acts for it from now on.

    It waits for verification. What the clock registers has no people yet. `fields` are plain fields of the model (descriptor,
    country, place, traits, languages, slug).
    """
    require(can_register(by))
    organisation = Organisation(alias=alias, side=side, **fields)
    organisation.legal_name = legal_name
    organisation.registration = registration
    organisation.save()
    organisation.sectors.set(sectors)
    if by.is_active:
        Membership.objects.create(
            organisation=organisation,
            user=by,
            role=Membership.Role.OWNER,
            is_contact=True,
        )
    log(organisation, "organisations.register", user=by)
    return organisation


@transaction.atomic
def edit_organisation(
    organisation: Organisation,
    *,
    by: User,
    sectors: Iterable[Sector] | None = None,
    **fields: object,
) -> Organisation:
    """A member corrects what the organisation says of itself; nothing new, no act.

    What is `SETTLED` stays once staff have verified it. How many sign (`signers`) is
    said by its owners, for texts proposed from then on.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    sectors = None if sectors is None else list(sectors)
    require(can_edit(by, organisation))
    changed = {
        name for name, value in fields.items() if getattr(organisation, name) != value
    }
    if organisation.is_verified and changed.intersection(SETTLED):
        raise SideIsSettled
    if "signers" in changed:
        _may_require(organisation, by, int(str(fields["signers"])))
    if sectors is not None and set(sectors) != set(organisation.sectors.all()):
        organisation.sectors.set(sectors)
    elif not changed:
        return organisation
    for name in changed:
        setattr(organisation, name, fields[name])
    organisation.save()
    log(organisation, "organisations.edit", user=by)
    organisation_changed.send(sender=Organisation, organisation=organisation)
    return organisation


def _may_require(organisation: Organisation, by: User, signers: int) -> None:
    require(can_manage_members(by, organisation))
    if people_acting_for(organisation).count() < signers:
        raise TooFewToSign


@transaction.atomic
def note_responsiveness(organisation: Organisation, *, band: str, by: User) -> None:
    """Keep how quickly an organisation answers, in one of three bands or none."""
    organisation.responsiveness = Organisation.Responsiveness(band) if band else ""
    organisation.save(update_fields=["responsiveness"])
    log(organisation, "organisations.note_responsiveness", user=by)
