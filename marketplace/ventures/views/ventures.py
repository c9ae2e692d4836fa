"""Pages on which partners propose, read, change and sign a venture."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from django.views.generic import ListView

from marketplace.exceptions import DomainError
from marketplace.introductions.models import Introduction
from marketplace.notices.actions import mark_read_about
from marketplace.organisations.faces import face_of
from marketplace.organisations.stages import Stage
from marketplace.people.once import once
from marketplace.refusals import shows_refusals
from marketplace.ventures.actions import (
    choose_way_on,
    confirm_stand,
    edit_venture,
    propose_venture,
    set_pulse,
    sign_venture,
    snooze_pulse,
    withdraw_venture,
)
from marketplace.ventures.arrangement_faces import arrangement_lines
from marketplace.ventures.closing_faces import closing_face, may_close
from marketplace.ventures.faces import venture_face
from marketplace.ventures.forms import PulseForm, StandForm, VentureForm, WayForm
from marketplace.ventures.lines import venture_lines
from marketplace.ventures.milestone_faces import milestone_faces
from marketplace.ventures.models import JointVenture, Observer, Pulse
from marketplace.ventures.observer_faces import (
    invitation,
    observer_face,
    observer_lines,
)
from marketplace.ventures.partners import met_over, possible_partners
from marketplace.ventures.permissions import (
    can_propose,
    can_take_part,
    party_of,
)
from marketplace.ventures.text_faces import dissent_faces, may_dissent

from .lookups import own_or_404


class VentureListView(LoginRequiredMixin, ListView):
    template_name = "ventures/list.html"
    paginate_by = 20

    def get_queryset(self):
        return JointVenture.objects.involving(self.request.user)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows, user = context["object_list"], self.request.user
        context["ventures"] = venture_lines(rows, user)
        if context["page_obj"].number == 1:
            own = Observer.objects.of_observer(user).select_related("venture")
            context["observers"] = [invitation(observer) for observer in own]
        return context


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def propose(request, public_id):
    introduction = get_object_or_404(
        Introduction.objects.involving(request.user).with_parties(),
        public_id=public_id,
    )
    if not can_propose(request.user, introduction):
        raise Http404
    further = possible_partners(introduction)
    chosen = [
        row for row in further if str(row.public_id) in request.GET.getlist("with")
    ]
    organisations = [*introduction.both, *chosen]
    form = VentureForm(
        request.POST or None,
        organisations=organisations,
        language=get_language() or "en",
    )
    if request.method == "POST" and form.is_valid():
        try:
            venture = propose_venture(introduction, by=request.user, text=form.text())
        except DomainError as refusal:
            form.add_error(None, refusal.user_message)
        else:
            messages.success(request, _("The proposal is ready for all to read."))
            return redirect(venture)
    context = {
        "form": form,
        "back": introduction.get_absolute_url(),
        "further": [
            {"id": str(row.public_id), "name": face_of(row, Stage.ORGANISATION).name}
            for row in further
            if row not in chosen
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "ventures/propose.html", context, status=status)


@login_required
@require_safe
def detail(request, public_id):
    response = show(request, venture := own_or_404(request, public_id))
    if request.method == "GET":
        mark_read_about(venture, by=request.user)
    return response


def show(request, venture, **bound):
    """The page as it is; a form that came back with errors stands in its place."""
    face = venture_face(venture, request.user)
    every = face.pulse.every if face.pulse else None
    forms = {
        "stand_form": StandForm(),
        "pulse_form": PulseForm(initial={"every": every or Pulse.Every.MONTH}),
        "way_form": WayForm(),
    }
    status = 422 if bound else 200
    own = party_of(request.user, venture)
    plans = {
        "steps": milestone_faces(venture, own),
        "arrangements": arrangement_lines(venture),
        "closing": closing_face(venture, request.user),
        "may_close": may_close(venture, request.user),
        "dissents": dissent_faces(venture, request.user),
        "may_dissent": may_dissent(venture, request.user),
        "observer": (observer := observer_face(venture, request.user)),
        "met_over": met_over(venture, own),
        "candidates": [] if observer else observer_lines(venture, request.user),
    }
    context = {"venture": face} | plans | forms | bound
    return render(request, "ventures/detail.html", context, status=status)


@login_required
@require_POST
@shows_refusals
@once
def confirm(request, public_id):
    venture, form = own_or_404(request, public_id), StandForm(request.POST)
    if not form.is_valid():
        return show(request, venture, stand_form=form)
    confirm_stand(venture, by=request.user, **form.cleaned_data)
    messages.success(request, _("Thank you. Your partners read it on this page."))
    return redirect(venture)


@login_required
@require_POST
@shows_refusals
def pulse(request, public_id):
    venture, form = own_or_404(request, public_id), PulseForm(request.POST)
    if "snooze" in request.POST:
        snooze_pulse(venture, by=request.user)
    elif form.is_valid():
        set_pulse(venture, by=request.user, **form.cleaned_data)
    else:
        return show(request, venture, pulse_form=form)
    messages.success(request, _("Kept."))
    return redirect(venture)


@login_required
@require_POST
@shows_refusals
@once
def way_on(request, public_id):
    venture, form = own_or_404(request, public_id), WayForm(request.POST)
    if not form.is_valid():
        return show(request, venture, way_form=form)
    choose_way_on(venture, by=request.user, **form.cleaned_data)
    messages.success(request, _("Your partners have been told."))
    return redirect(venture)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@shows_refusals
def edit(request, public_id):
    venture = own_or_404(request, public_id)
    if venture.status != JointVenture.Status.PROPOSED:
        raise Http404
    if not can_take_part(request.user, venture):
        raise Http404
    organisations = [
        party.organisation for party in venture.parties.select_related("organisation")
    ]
    form = VentureForm(
        request.POST or None,
        organisations=organisations,
        language=get_language() or "en",
        initial=VentureForm.initial_of(venture),
    )
    if request.method == "POST" and form.is_valid():
        edit_venture(venture, by=request.user, text=form.text())
        messages.success(request, _("The text is saved. Earlier signatures are void."))
        return redirect(venture)
    context = {"form": form, "back": venture.get_absolute_url()}
    status = 422 if form.errors else 200
    return render(request, "ventures/edit.html", context, status=status)


@login_required
@require_POST
@shows_refusals
def sign(request, public_id):
    return _sign_as_oneself(request, own_or_404(request, public_id))


@reauthentication_required  # within, so that to strangers there is nothing here at all
def _sign_as_oneself(request, venture):
    """Whoever lies at the device of somebody else signs nothing for them."""
    text_hash = request.POST.get("text_hash", "")
    venture = sign_venture(venture, by=request.user, text_hash=text_hash)
    if venture.status == JointVenture.Status.PROPOSED:
        messages.success(request, _("You have signed. The others have been told."))
    else:
        messages.success(request, _("All partners have signed this text."))
    return redirect(venture)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@shows_refusals
def withdraw(request, public_id):
    venture = own_or_404(request, public_id)
    face = venture_face(venture, request.user)
    if not face.may_withdraw:
        raise Http404
    if request.method == "POST":
        withdraw_venture(venture, by=request.user)
        messages.success(request, _("The proposal is withdrawn."))
        return redirect(venture)
    return render(request, "ventures/withdraw.html", {"venture": face})
