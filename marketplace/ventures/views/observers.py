"""The observer of a venture: its partners invite and end it, it says yes itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.refusals import shows_refusals
from marketplace.ventures.actions import (
    agree_to_observer,
    become_observer,
    end_observer,
    invite_observer,
)
from marketplace.ventures.models import JointVenture, Observer
from marketplace.ventures.observer_faces import invitation, observed_face
from marketplace.ventures.partners import possible_observers
from marketplace.ventures.permissions import can_take_part

from .lookups import own_or_404


@login_required
@require_safe
def detail(request, public_id):
    """What a third party is asked, and once it said yes what it may read."""
    observer = _own_or_404(request, public_id)
    face = observed_face(observer, request.user) if observer.joined_at else None
    context = {"offer": invitation(observer), "venture": face}
    return render(request, "ventures/observing.html", context)


@login_required
@require_POST
@shows_refusals
def invite(request, public_id):
    venture = own_or_404(request, public_id)
    if not can_take_part(request.user, venture):
        raise Http404
    candidates = {str(row.public_id): row for row in possible_observers(venture)}
    chosen = candidates.get(request.POST.get("organisation", ""))
    if chosen is None:
        raise Http404
    invite_observer(venture, chosen, by=request.user)
    messages.success(
        request, _("Noted. The observer is asked once all partners agree.")
    )
    return redirect(venture)


@login_required
@require_POST
@shows_refusals
def agree(request, public_id):
    observer = _partners_or_404(request, public_id)
    agree_to_observer(observer, by=request.user)
    messages.success(request, _("You have agreed to the observer."))
    return redirect(observer.venture)


@login_required
@require_POST
@shows_refusals
def join(request, public_id):
    observer = become_observer(_own_or_404(request, public_id), by=request.user)
    messages.success(request, _("You observe now. You can end it at any time."))
    return redirect("ventures:observing", observer.public_id)


@login_required
@require_POST
@shows_refusals
def end(request, public_id):
    """A partner ends it, or the observer does."""
    observer = (
        Observer.objects.of_observer(request.user).filter(public_id=public_id).first()
    )
    back = "ventures:list"
    if observer is None:
        observer = _partners_or_404(request, public_id)
        back = observer.venture
    end_observer(observer, by=request.user)
    messages.success(
        request, _("The observing has ended. Nothing is read there any more.")
    )
    return redirect(back)


def _own_or_404(request, public_id):
    observers = Observer.objects.of_observer(request.user).select_related(
        "venture", "organisation"
    )
    return get_object_or_404(observers, public_id=public_id)


def _partners_or_404(request, public_id):
    observers = Observer.objects.standing().select_related("venture", "organisation")
    own = JointVenture.objects.involving(request.user)
    return get_object_or_404(observers, public_id=public_id, venture__in=own)
