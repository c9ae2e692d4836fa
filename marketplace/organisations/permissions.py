"""Who may act for an organisation, and who of the staff decides about it."""

from django.db.models import QuerySet

from marketplace.people.models import CLOCK_EMAIL, User

from .models import Membership, Organisation

ACTING = (Membership.Role.OWNER, Membership.Role.EDITOR)


def _holds(user: User, organisation: Organisation, *roles: str) -> bool:
    if not user.is_authenticated or not user.is_active:
        return False
    return Membership.objects.filter(
        organisation=organisation, user=user, role__in=roles
    ).exists()


def can_register(user: User) -> bool:
    """Any member may bring in an organisation, and so may the programme's clock."""
    return user.is_active or user.email == CLOCK_EMAIL


def can_act_for(user: User, organisation: Organisation) -> bool:
    """Whether this person may post, ask, answer and sign in its name."""
    return _holds(user, organisation, *ACTING)


def people_acting_for(organisation: Organisation) -> QuerySet[User]:
    """Those who may, today, in the order in which they came to the site."""
    return (
        User.objects.filter(
            memberships__organisation=organisation,
            memberships__role__in=ACTING,
            is_active=True,
        )
        .distinct()
        .order_by("pk")
    )


def can_edit(user: User, organisation: Organisation) -> bool:
    """Whether this person may change what the organisation says of itself."""
    return _holds(user, organisation, *ACTING)


def can_manage_members(user: User, organisation: Organisation) -> bool:
    """Whether this person may invite colleagues and withdraw invitations."""
    return _holds(user, organisation, Membership.Role.OWNER)


def can_verify(user: User) -> bool:
    """Whether this member of staff may decide about the verification of anyone."""
    return user.is_active and user.has_perm("organisations.verify_organisation")


def can_set_matrix(user: User) -> bool:
    """Whether this member of staff may say which sides are introduced."""
    return user.is_active and user.has_perm("organisations.change_meetingrule")
