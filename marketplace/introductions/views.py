"""Pages on which two sides come to know each other."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from django.views.generic import ListView

from marketplace.exceptions import DomainError
from marketplace.listings.faces import face_of as listing_face
from marketplace.listings.models import Listing
from marketplace.organisations.faces import face_of
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Stage
from marketplace.refusals import shows_refusals

from .actions import (
    accept_introduction,
    ask_introduction,
    close_introduction,
    decline_introduction,
    send_message,
    withdraw_introduction,
)
from .faces import introduction_face, introduction_line
from .forms import AskForm, DeclineForm, MessageForm
from .models import Introduction
from .permissions import can_ask, can_close


def _own(request, public_id):
    rows = Introduction.objects.involving(request.user).with_parties()
    return get_object_or_404(rows, public_id=public_id)


class IntroductionListView(LoginRequiredMixin, ListView):
    template_name = "introductions/list.html"
    paginate_by = 20

    def get_queryset(self):
        return Introduction.objects.involving(self.request.user).with_parties()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        acts = set(
            Organisation.objects.of(self.request.user).values_list("pk", flat=True)
        )
        context["lines"] = [
            introduction_line(row, row.asker if row.asker_id in acts else row.asked)
            for row in context["object_list"]
        ]
        return context


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, public_id):
    listing = get_object_or_404(
        Listing.objects.visible_to(request.user).select_related("organisation"),
        public_id=public_id,
    )
    mine = Organisation.objects.of(request.user)
    askers = [row for row in mine if can_ask(request.user, listing, row)]
    if not askers:
        return render(
            request,
            "introductions/cannot_ask.html",
            {"listing": listing_face(listing, request.user), "has_any": mine.exists()},
            status=200 if request.method != "POST" else 403,
        )
    form = AskForm(
        request.POST or None,
        organisations=Organisation.objects.filter(pk__in=[row.pk for row in askers]),
        listings=Listing.objects.live().filter(organisation__in=askers),
    )
    if request.method == "POST" and form.is_valid():
        try:
            introduction = ask_introduction(
                listing, by=request.user, **form.cleaned_data
            )
        except DomainError as refusal:
            form.add_error(None, refusal.user_message)
        else:
            messages.success(request, _("Your request is on its way."))
            return redirect(introduction)
    context = {
        "form": form,
        "listing": listing_face(listing, request.user),
        "shown": face_of(askers[0], Stage.INTERESTED),
        "life_days": settings.INTRODUCTION_LIFE_DAYS,
    }
    return render(
        request, "introductions/ask.html", context, status=422 if form.errors else 200
    )


@login_required
@require_safe
def detail(request, public_id):
    introduction = _own(request, public_id)
    context = {
        "introduction": introduction_face(introduction, request.user),
        "message_form": MessageForm(),
    }
    return render(request, "introductions/detail.html", context)


@login_required
@require_POST
@shows_refusals
def accept(request, public_id):
    introduction = accept_introduction(_own(request, public_id), by=request.user)
    messages.success(
        request, _("You have both agreed. You can write to each other now.")
    )
    return redirect(introduction)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@shows_refusals
def decline(request, public_id):
    introduction = _own(request, public_id)
    face = introduction_face(introduction, request.user)
    if not face.may_answer:
        raise Http404
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        decline_introduction(introduction, by=request.user, **form.cleaned_data)
        messages.success(request, _("Your answer has been sent."))
        return redirect(introduction)
    return render(
        request,
        "introductions/decline.html",
        {"form": form, "introduction": face},
        status=422 if form.errors else 200,
    )


@login_required
@require_POST
@shows_refusals
def withdraw(request, public_id):
    introduction = withdraw_introduction(_own(request, public_id), by=request.user)
    messages.success(request, _("Your request has been taken back."))
    return redirect(introduction)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@shows_refusals
def close(request, public_id):
    introduction = _own(request, public_id)
    if not (introduction.is_open and can_close(request.user, introduction)):
        raise Http404
    if request.method == "POST":
        close_introduction(introduction, by=request.user)
        messages.success(request, _("The introduction is closed."))
        return redirect(introduction)
    face = introduction_face(introduction, request.user)
    return render(request, "introductions/close.html", {"introduction": face})


@login_required
@require_POST
@shows_refusals
def message(request, public_id):
    introduction = _own(request, public_id)
    form = MessageForm(request.POST)
    if form.is_valid():
        send_message(introduction, by=request.user, text=form.cleaned_data["text"])
        return redirect(introduction.get_absolute_url() + "#end")
    context = {
        "introduction": introduction_face(introduction, request.user),
        "message_form": form,
    }
    return render(request, "introductions/detail.html", context, status=422)
