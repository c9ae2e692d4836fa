"""Deciding a step of the review on Wagtail's screen, where nothing else is done.

Wagtail's edit view also saves, publishes, unpublishes and goes back to older texts. The
words are their owner's and two people let them stand, so none of that is offered here.
"""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.views.generic import UnpublishView
from wagtail.snippets.action_menu import (
    ActionMenuItem,
    LockedMenuItem,
    WorkflowMenuItem,
)
from wagtail.snippets.views.snippets import EditView

from marketplace.listings.models import Listing


class ReadingView(EditView):
    """A step is decided; whatever else is sent leads back to the page."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.view_name == "edit" and self.action == "workflow-action":
            self._decide()
        return redirect(self.get_edit_url())

    def _decide(self) -> None:
        task = self.object.current_workflow_task
        words = json.loads(self.request.POST.get("workflow-action-extra-data") or "{}")
        form = task.get_form_for_action(self.workflow_action)(words)
        if not form.is_valid():
            messages.error(self.request, _("Sending a listing back needs a reason."))
            return
        step = self.object.current_workflow_task_state
        task.on_action(
            step, self.request.user, self.workflow_action, **form.cleaned_data
        )
        messages.success(self.request, _outcome(Listing.objects.get(pk=self.object.pk)))


def _outcome(listing: Listing) -> str:
    if listing.current_workflow_task_state:
        return _("Read. A reviewer of the other side reads it next.")
    if listing.current_workflow_state:
        return _("Sent back. Its owner was told why.")
    return _("Read by both. It is public now, and its owner was told.")


class NoUnpublishView(UnpublishView):
    """Hiding a listing is an act that its owner is told of."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        take_down = Listing.snippet_viewset.get_url_name("take_down")
        return redirect(take_down, kwargs["pk"])


@hooks.register("construct_snippet_action_menu")
def offer_the_review_alone(
    menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    if context.get("model") is Listing:
        menu_items[:] = [
            item
            for item in menu_items
            if isinstance(item, WorkflowMenuItem | LockedMenuItem)
        ]
