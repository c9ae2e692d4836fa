"""Help from a facilitator: the mandate, and what is done by it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.facilitation.actions import give_mandate, revoke_mandates
from marketplace.facilitation.models import Delegation
from marketplace.introductions.actions import (
    add_context,
    hold_introduction,
    release_introduction,
    soften_draft,
    write_draft,
)
from marketplace.introductions.drafts import helped_draft_face
from marketplace.introductions.faces import introduction_face
from marketplace.introductions.forms import (
    SENTENCES,
    ContextForm,
    DraftForm,
    MandateForm,
    SentencesForm,
)
from marketplace.introductions.permissions import (
    can_add_context,
    can_draft,
    can_give_mandate,
    can_soften,
)
from marketplace.notices.actions import mark_read_about
from marketplace.people.once import once
from marketplace.refusals import shows_refusals

from .lookups import draft_to_write_or_404, own_or_404, sent_or_404

_WRITE = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(_WRITE)
@shows_refusals
def mandate(request, public_id):
    """A side chooses who may act for it here, and in what."""
    introduction = own_or_404(request, public_id)
    if not can_give_mandate(request.user, introduction):
        raise Http404
    own = introduction.side_of(request.user)
    given = Delegation.objects.live().filter(organisation=own, about=public_id)
    form = MandateForm(
        request.POST if request.method == "POST" else None,
        organisation=own,
        about=introduction.public_id,
        draft=introduction if introduction.is_draft else None,
    )
    if request.method == "POST" and form.is_valid():
        give_mandate(own, by=request.user, about=public_id, **form.cleaned_data)
        messages.success(request, _("The mandate holds. You can take it back here."))
        return redirect(_page_of(introduction))
    context = {
        "public_id": introduction.public_id,
        "back": _page_of(introduction),
        "form": form,
        "given": list(given.select_related("facilitator__user").order_by("pk")),
    }
    status = 422 if form.errors else 200
    return render(request, "introductions/mandate.html", context, status=status)


@login_required
@require_POST
@shows_refusals
def revoke_mandate(request, public_id):
    introduction = own_or_404(request, public_id)
    own = introduction.side_of(request.user)
    revoke_mandates(own, by=request.user, about=introduction.public_id)
    messages.success(request, _("From now on only your own people act for you."))
    return redirect(_page_of(introduction))


def _page_of(introduction):
    """Where its side reads it: a draft on the form it is written on."""
    if introduction.is_draft:
        return reverse("introductions:ask", args=[introduction.listing.public_id])
    return introduction.get_absolute_url()


@login_required
@require_http_methods(_WRITE)
@shows_refusals
@once
def soften(request, public_id):
    """A facilitator puts a draft of its client more gently."""
    return _write_in(request, public_id, can_soften, soften_draft, SentencesForm)


@login_required
@require_http_methods(_WRITE)
@shows_refusals
@once
def draft(request, public_id):
    """A facilitator writes a draft for its client, who may leave gaps or fill them."""
    return _write_in(request, public_id, can_draft, write_draft, DraftForm)


def _write_in(request, public_id, may, write, form_class):
    kept = draft_to_write_or_404(request, public_id)
    if not may(request.user, kept):
        raise Http404
    form = form_class(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(kept, name) for name in SENTENCES},
    )
    if request.method == "POST" and form.is_valid():
        write(kept, by=request.user, **form.cleaned_data)
        messages.success(request, _("Kept. Your client was told, and decides."))
        return redirect("introductions:list")
    if request.method == "GET":
        mark_read_about(kept, by=request.user)
    context = {
        "form": form,
        "draft": helped_draft_face(kept, request.user),
        "is_softened": form_class is SentencesForm,
    }
    status = 422 if form.errors else 200
    return render(request, "introductions/write_draft.html", context, status=status)


@login_required
@require_POST
@shows_refusals
def hold(request, public_id):
    introduction = hold_introduction(sent_or_404(request, public_id), by=request.user)
    messages.success(request, _("Held. The clock stands still."))
    return redirect(introduction)


@login_required
@require_POST
@shows_refusals
def release(request, public_id):
    introduction = release_introduction(
        sent_or_404(request, public_id), by=request.user
    )
    messages.success(request, _("The clock runs on."))
    return redirect(introduction)


@login_required
@require_http_methods(_WRITE)
@shows_refusals
@once
def context(request, public_id):
    introduction = sent_or_404(request, public_id)
    if not can_add_context(request.user, introduction):
        raise Http404
    form = ContextForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        add_context(introduction, by=request.user, **form.cleaned_data)
        messages.success(request, _("Both sides can read it now."))
        return redirect(introduction)
    shown = {
        "introduction": introduction_face(introduction, request.user),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "introductions/context.html", shown, status=status)
