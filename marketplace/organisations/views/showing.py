"""How far an organisation shows: its owner's choices, and what each rung sees."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.audit.models import Entry
from marketplace.organisations.actions import choose_stages
from marketplace.organisations.audience import RUNGS
from marketplace.organisations.faces import face_of
from marketplace.organisations.forms import StagesForm
from marketplace.organisations.models import Membership
from marketplace.organisations.permissions import ACTING
from marketplace.organisations.record import own_record, record_of
from marketplace.organisations.stages import Stage
from marketplace.refusals import shows_refusals

from .lookups import own_or_404

PAGE_SIZE = 30


def stage_called(rung):
    """The stage of a rung's word in an address; 404 for any other word."""
    name = rung.upper()
    if name not in Stage.__members__:
        raise Http404
    return Stage[name]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@shows_refusals
def stages(request, public_id):
    organisation = own_or_404(request, public_id, *ACTING)
    form = StagesForm(
        request.POST if request.method == "POST" else None, organisation=organisation
    )
    if request.method == "POST" and form.is_valid():
        choose_stages(organisation, by=request.user, stages=form.stages())
        messages.success(request, _("Your changes are kept."))
        return redirect("organisations:stages", organisation.public_id)
    context = {
        "organisation": organisation,
        "form": form,
        "of_organisation": form.of("organisation"),
        "of_listing": form.of("listing"),
    }
    status = 422 if form.errors else 200
    return render(request, "organisations/stages.html", context, status=status)


@login_required
@require_safe
def view_as(request, public_id, rung):
    organisation = own_or_404(request, public_id, *Membership.Role.values)
    stage = stage_called(rung)
    context = {
        "organisation": organisation,
        "face": face_of(organisation, stage),
        "rungs": RUNGS,
        "rung": rung,
    }
    return render(request, "organisations/view_as.html", context)


@login_required
@require_safe
def record(request, public_id):
    """Any of its people reads what was recorded about an organisation."""
    organisation = own_or_404(request, public_id, *Membership.Role.values)
    entries = Entry.objects.about([organisation.public_id]).select_related("by")
    page = Paginator(entries, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = {"page": page, "entries": record_of(organisation, page.object_list)}
    return render(request, "organisations/record.html", shown)


@login_required
@require_safe
def about_me(request):
    """Everybody reads what was recorded about the own account."""
    entries = Entry.objects.of_person(request.user)
    page = Paginator(entries, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = {"page": page, "entries": own_record(request.user, page.object_list)}
    return render(request, "organisations/about_me.html", shown)
