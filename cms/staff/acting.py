"""Screens on which staff look at a row and do the few things that may be done to it.

No field is edited: each button calls one action of the domain, which checks the
person, logs the act and may refuse; the refusal is shown where the button was.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views import View

from cms.staff.looking import LookingInspectView, LookingViewSet
from marketplace.exceptions import DomainError
from marketplace.people.models import User


@dataclass(frozen=True, slots=True)
class Act:
    """One button: its address, its words, who may press it and what it does.

    An act that needs words of its own has a `view` instead of an action.
    """

    name: str
    label: str | Promise
    can: Callable[[User, Any], bool]
    do: Callable[..., object] | None = None
    view: type[View] | None = None


class ActView(View):
    """Does one act to one row and goes back to it."""

    http_method_names = ["post"]
    model: Any = None
    act: Any = None
    inspect_url_name = ""

    def post(self, request: HttpRequest, pk: str) -> HttpResponse:
        thing = get_object_or_404(self.model, pk=pk)
        try:
            self.act.do(thing, by=request.user)
        except DomainError as refusal:
            messages.error(request, str(refusal.user_message))
        else:
            messages.success(request, _("Done."))
        return redirect(reverse(self.inspect_url_name, args=[pk]))


class ActingInspectView(LookingInspectView):
    """The facts of a row, and the buttons this person may press."""

    template_name = "cms/staff/acting_inspect.html"
    buttons: list[tuple[Act, str]] = []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        offered = [
            {
                "label": act.label,
                "url": reverse(url_name, args=[self.object.pk]),
                "is_form": act.view is None,
            }
            for act, url_name in self.buttons
            if act.can(self.request.user, self.object)
        ]
        return super().get_context_data(acts=offered, **kwargs)


class ActingViewSet(LookingViewSet):
    """A list, a page of facts, and one address for each act."""

    inspect_view_class = ActingInspectView
    acts: tuple[Act, ...] = ()

    def get_inspect_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        buttons = [(act, self.get_url_name(act.name)) for act in self.acts]
        return super().get_inspect_view_kwargs(**{"buttons": buttons, **kwargs})

    def get_urlpatterns(self) -> list[Any]:
        return super().get_urlpatterns() + [
            path(f"{act.name}/<int:pk>/", self._view_of(act), name=act.name)
            for act in self.acts
        ]

    def _view_of(self, act: Act) -> Callable[..., HttpResponseBase]:
        kind = act.view or ActView
        wanted = {
            "model": self.model,
            "act": act,
            "inspect_url_name": self.get_url_name("inspect"),
        }
        return kind.as_view(**wanted)
