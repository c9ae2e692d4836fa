"""The page of an introduction, and what is written on it."""

from pathlib import Path

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from marketplace.files import file_for_reader
from marketplace.introductions.actions import report_thread, send_message
from marketplace.introductions.exports import export_introduction
from marketplace.introductions.faces import introduction_face
from marketplace.introductions.forms import MessageForm, ReplyForm, ReportForm
from marketplace.introductions.onlookers import onlooker_of
from marketplace.introductions.panels import panels_for
from marketplace.introductions.permissions import can_read, can_report
from marketplace.notices.actions import mark_read_about
from marketplace.people.once import once
from marketplace.refusals import shows_refusals

from .lookups import attachment_or_404, sent_or_404, to_report_or_404


def show(request, introduction, *, message_form=None, reply_form=None):
    """The page as it is; a form that came back with errors stands in its place."""
    onlooker = onlooker_of(introduction, request.user)
    context = {
        "introduction": introduction_face(introduction, onlooker),
        "message_form": message_form or MessageForm(),
        "reply_form": reply_form or ReplyForm(),
        "panels": panels_for(introduction, onlooker),
    }
    status = 422 if message_form or reply_form else 200
    return render(request, "introductions/detail.html", context, status=status)


@login_required
@require_safe
def detail(request, public_id):
    introduction = sent_or_404(request, public_id)
    response = show(request, introduction)
    if request.method == "GET":
        mark_read_about(introduction, by=request.user)
    return response


@login_required
@require_POST
@shows_refusals
def message(request, public_id):
    """The file is cleaned, which may take seconds, before anything is locked."""
    introduction = sent_or_404(request, public_id)
    form = MessageForm(request.POST, request.FILES)
    if form.is_valid():
        return _send(request, introduction, form)
    return show(request, introduction, message_form=form)


@once
def _send(request, introduction, form):
    send_message(introduction, by=request.user, **form.cleaned_data)
    return redirect(introduction.get_absolute_url() + "#end")


@login_required
@require_safe
def attachment(request, public_id):
    """The file of a message to the two sides while they agree; the same 404 else."""
    found, introduction = attachment_or_404(request, public_id)
    if not can_read(request.user, introduction):
        raise Http404
    suffix = Path(found.file.name).suffix
    response = FileResponse(
        found.file.open("rb"),
        as_attachment=True,
        filename=f"{str(public_id)[:8]}{suffix}",
        content_type=found.kind,
    )
    response["Cache-Control"] = "private, no-store"  # a withdrawal hides at once
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@login_required
@require_POST
@shows_refusals
def export(request, public_id):
    """A press, not a link: what is taken out is recorded."""
    introduction = sent_or_404(request, public_id)
    table = export_introduction(introduction, by=request.user)
    name = f"{str(public_id)[:8]}.csv"
    return file_for_reader(table, name=name, kind="text/csv; charset=utf-8")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@shows_refusals
@once
def report(request, public_id):
    introduction = to_report_or_404(request, public_id)
    if not can_report(request.user, introduction):
        raise Http404
    own = introduction.side_of(request.user)
    has_left = introduction.left_by_id == own.pk
    back = (
        reverse("introductions:list") if has_left else introduction.get_absolute_url()
    )
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        report_thread(introduction, by=request.user, **form.cleaned_data)
        messages.success(request, _("Thank you. Staff will look at it."))
        return redirect(back)
    block = reverse("introductions:block_other_side", args=[introduction.public_id])
    context = {"form": form, "back": back, "block": "" if has_left else block}
    status = 422 if form.errors else 200
    return render(request, "introductions/report.html", context, status=status)
