"""Pages on which two sides come to know each other, step by step."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
)

from marketplace.introductions.actions import (
    accept_introduction,
    agree_to_step,
    answer_question,
    ask_question,
    close_introduction,
    decline_introduction,
    stop_step,
)
from marketplace.introductions.faces import introduction_face
from marketplace.introductions.forms import (
    DeclineForm,
    QuestionForm,
    ReplyForm,
)
from marketplace.introductions.permissions import can_close
from marketplace.organisations.stages import Stage
from marketplace.refusals import shows_refusals

from .lookups import sent_or_404
from .talking import show

_WRITE = ["GET", "HEAD", "POST"]


@login_required
@require_POST
@shows_refusals
def accept(request, public_id):
    introduction = accept_introduction(sent_or_404(request, public_id), by=request.user)
    messages.success(
        request, _("You have both agreed. You can write to each other now.")
    )
    return redirect(introduction)


@login_required
@require_http_methods(_WRITE)
@shows_refusals
def decline(request, public_id):
    introduction = sent_or_404(request, public_id)
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
@require_http_methods(_WRITE)
@shows_refusals
def question(request, public_id):
    introduction = sent_or_404(request, public_id)
    face = introduction_face(introduction, request.user)
    if not face.may_question:
        raise Http404
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        ask_question(introduction, by=request.user, **form.cleaned_data)
        messages.success(request, _("Your question is on its way. The clock stands."))
        return redirect(introduction)
    context = {"form": form, "introduction": face}
    status = 422 if form.errors else 200
    return render(request, "introductions/question.html", context, status=status)


@login_required
@require_POST
@shows_refusals
def reply(request, public_id):
    introduction = sent_or_404(request, public_id)
    face = introduction_face(introduction, request.user)
    if not face.may_reply:
        raise Http404
    form = ReplyForm(request.POST)
    if form.is_valid():
        answer_question(introduction, by=request.user, **form.cleaned_data)
        messages.success(request, _("Your answer has been sent."))
        return redirect(introduction)
    return show(request, introduction, reply_form=form)


def _step(slug):
    name = slug.upper()
    if name not in Stage.__members__:
        raise Http404
    return Stage[name]


@login_required
@require_POST
@shows_refusals
def agree(request, public_id, step):
    introduction = sent_or_404(request, public_id)
    stage = _step(step)
    agree_to_step(introduction, by=request.user, stage=stage)
    introduction = sent_or_404(request, public_id)
    if introduction.stage >= stage:
        messages.success(request, _("You have both agreed. The step is open."))
    else:
        messages.success(
            request, _("Your yes is kept. The step opens once the other side agrees.")
        )
    return redirect(introduction)


@login_required
@require_http_methods(_WRITE)
@shows_refusals
def stop(request, public_id, step):
    introduction = sent_or_404(request, public_id)
    stage = _step(step)
    face = introduction_face(introduction, request.user)
    steps = [each for each in face.steps if each.slug == step and each.may_stop]
    if not steps:
        raise Http404
    if request.method == "POST":
        stop_step(introduction, by=request.user, stage=stage)
        messages.success(request, _("You took the step back. It is closed now."))
        return redirect(introduction)
    context = {"introduction": face, "step": steps[0]}
    return render(request, "introductions/stop.html", context)


@login_required
@require_http_methods(_WRITE)
@shows_refusals
def close(request, public_id):
    introduction = sent_or_404(request, public_id)
    if not (introduction.is_open and can_close(request.user, introduction)):
        raise Http404
    if request.method == "POST":
        close_introduction(introduction, by=request.user)
        messages.success(request, _("The introduction is closed."))
        return redirect(introduction)
    face = introduction_face(introduction, request.user)
    return render(request, "introductions/close.html", {"introduction": face})
