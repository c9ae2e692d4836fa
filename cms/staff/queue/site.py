"""What waits because a machine gave up, and pages that are not public as they stand."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page

from marketplace.notices.models import OutgoingMail
from search.models import EngineCheck, IndexChange

from .waiting import SHOWN, Waiting


def pages_with_changes(finder: AdminURLFinder) -> Iterable[Waiting]:
    """Pages whose newest words the public does not read yet, translations too."""
    rows = Page.objects.filter(has_unpublished_changes=True)
    rows = rows.exclude(latest_revision_created_at=None).select_related("locale")
    for row in rows.order_by("latest_revision_created_at")[: SHOWN + 1]:
        label = f"{row.get_admin_display_title()} · {row.locale}"
        url = finder.get_edit_url(row) or ""
        yield Waiting(label, row.latest_revision_created_at, url)


def dead_index_changes(finder: AdminURLFinder) -> Iterable[Waiting]:
    for row in IndexChange.objects.dead().order_by("created_at")[: SHOWN + 1]:
        yield Waiting(f"{row} · {row.last_error_class}", row.created_at, "")


def engines_that_differ(finder: AdminURLFinder) -> Iterable[Waiting]:
    """Engines that the nightly comparison could not bring to agree."""
    rows = EngineCheck.objects.filter(Q(left__gt=0) | ~Q(detail=""))
    for row in rows.order_by("checked_at")[: SHOWN + 1]:
        yield Waiting(f"{row.engine} · {row.left}", row.checked_at, "")


def dead_mails(finder: AdminURLFinder) -> Iterable[Waiting]:
    """Mail given up, and mail that has failed for a quarter of an hour."""
    state = OutgoingMail.State
    troubled = Q(state=state.DEAD) | Q(state=state.FAILED, tries__gte=4)
    rows = OutgoingMail.objects.filter(troubled, carried_by__isnull=True)
    for row in rows.select_related("notice").order_by("created_at")[: SHOWN + 1]:
        kind = row.notice.kind if row.notice else _("account")
        yield Waiting(f"{kind} · {row.last_error_class}", row.created_at, "")
