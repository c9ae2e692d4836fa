"""A venture as a file for one of its partners."""

from django.contrib.auth.decorators import login_required
from django.views.decorators.http import require_POST

from marketplace.files import file_for_reader
from marketplace.refusals import shows_refusals
from marketplace.ventures.exports import export_venture

from .lookups import own_or_404


@login_required
@require_POST
@shows_refusals
def export(request, public_id):
    """A press, not a link: what is taken out is recorded."""
    table = export_venture(own_or_404(request, public_id), by=request.user)
    name = f"{str(public_id)[:8]}.csv"
    return file_for_reader(table, name=name, kind="text/csv; charset=utf-8")
