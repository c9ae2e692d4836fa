"""Pages of an organisation: how others see it, and what its own people do."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from marketplace.organisations.actions import (
    accept_invitation,
    ask_verification_again,
    edit_organisation,
    invite_colleague,
    refuse_invitation,
    register_organisation,
    revoke_invitation,
)
from marketplace.organisations.faces import face_of
from marketplace.organisations.forms import InvitationForm, OrganisationForm
from marketplace.organisations.models import Membership, Organisation
from marketplace.organisations.permissions import ACTING, can_edit, can_manage_members
from marketplace.organisations.reasons import reason_label
from marketplace.organisations.stage import stage_between
from marketplace.organisations.stages import Stage
from marketplace.people.once import once
from marketplace.refusals import shows_refusals

from .lookups import own_or_404

_State = Organisation.Verification
_KINDS = {
    _State.PENDING: "wait",
    _State.VERIFIED: "ok",
    _State.FAILED: "stop",
    _State.REVOKED: "stop",
    _State.EXPIRED: "stop",
}
_WRITE = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(_WRITE)
@shows_refusals
@once
def register(request):
    form = OrganisationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        organisation = register_organisation(by=request.user, **form.values())
        messages.success(request, _("Registered. Staff verify it within three days."))
        return redirect(organisation)
    status = 422 if form.is_bound else 200
    return render(request, "organisations/register.html", {"form": form}, status=status)


@require_safe
def detail(request, public_id):
    """How others see it; its own people see besides where it stands."""
    found = Organisation.objects.select_related("place").prefetch_related("sectors")
    organisation = get_object_or_404(found, public_id=public_id)
    context = {"face": face_of(organisation, _outer_stage(request.user, organisation))}
    if Membership.objects.filter(organisation=organisation, user=_pk(request)).exists():
        context |= _inside(request.user, organisation)
    return render(request, "organisations/detail.html", context)


def _pk(request):
    return request.user.pk if request.user.is_authenticated else None


def _outer_stage(user, organisation):
    """One's own people see the page as members do, so that they know what shows."""
    stage = stage_between(user, organisation)
    inside = user.is_authenticated and can_edit(user, organisation)
    return Stage.MEMBER if inside else stage


def _inside(user, organisation):
    decision = organisation.decisions.first()
    return {
        "is_own": True,
        "state": organisation.get_verification_state_display(),
        "state_kind": _KINDS[organisation.verification_state],
        "reason": reason_label(decision.reason) if decision else "",
        "note": decision.note if decision else "",
        "may_ask_again": organisation.verification_state
        in (
            Organisation.Verification.FAILED,
            Organisation.Verification.REVOKED,
            Organisation.Verification.EXPIRED,
        ),
        "may_edit": can_edit(user, organisation),
        "may_invite": can_manage_members(user, organisation),
    }


@login_required
@require_http_methods(_WRITE)
@shows_refusals
def edit(request, public_id):
    organisation = own_or_404(request, public_id, *ACTING)
    form = OrganisationForm(
        request.POST if request.method == "POST" else None,
        organisation=organisation,
        is_owner=can_manage_members(request.user, organisation),
    )
    if request.method == "POST" and form.is_valid():
        edit_organisation(organisation, by=request.user, **form.values())
        messages.success(request, _("Your changes are kept."))
        return redirect(organisation)
    context = {"form": form, "organisation": organisation}
    status = 422 if form.is_bound else 200
    return render(request, "organisations/edit.html", context, status=status)


@login_required
@require_POST
@shows_refusals
def ask_again(request, public_id):
    organisation = own_or_404(request, public_id, *ACTING)
    ask_verification_again(organisation, by=request.user)
    messages.success(request, _("Staff look at it again."))
    return redirect(organisation)


# -- colleagues --------------------------------------------------------------------


@login_required
@require_safe
def members(request, public_id):
    organisation = own_or_404(request, public_id, *Membership.Role.values)
    may_invite = can_manage_members(request.user, organisation)
    context = {
        "organisation": organisation,
        "memberships": organisation.memberships.select_related("user"),
        "invitations": organisation.invitations.open() if may_invite else (),
        "may_invite": may_invite,
    }
    return render(request, "organisations/members.html", context)


@login_required
@require_http_methods(_WRITE)
@shows_refusals
@once
def invite(request, public_id):
    organisation = own_or_404(request, public_id, Membership.Role.OWNER)
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        invite_colleague(organisation, by=request.user, **form.cleaned_data)
        messages.success(request, _("The invitation is on its way."))
        return redirect("organisations:members", organisation.public_id)
    context = {"form": form, "organisation": organisation}
    status = 422 if form.is_bound else 200
    return render(request, "organisations/invite.html", context, status=status)


@login_required
@require_POST
@shows_refusals
def revoke(request, public_id, token_hash):
    organisation = own_or_404(request, public_id, Membership.Role.OWNER)
    invitation = get_object_or_404(organisation.invitations, token_hash=token_hash)
    revoke_invitation(invitation, by=request.user)
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("organisations:members", organisation.public_id)


@login_required
@require_http_methods(_WRITE)
@shows_refusals
def answer_invitation(request, token):
    """The same page for every link: what it is worth shows only when it is answered."""
    if request.method != "POST":
        return render(request, "organisations/accept_invitation.html")
    if "refuse" in request.POST:
        refuse_invitation(token, by=request.user)
        messages.success(request, _("You did not join."))
        return redirect("dashboard")
    membership = accept_invitation(token, by=request.user)
    messages.success(request, _("You joined your colleagues."))
    return redirect(membership.organisation)
