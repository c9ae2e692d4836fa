"""An act that needs words: a form on a page of its own, one action behind it."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from marketplace.exceptions import DomainError
from marketplace.people.models import User


class ActFormView(WagtailAdminTemplateMixin, FormView):
    """Subclasses name the form, the words and the action; a refusal stays on the page."""

    template_name = "cms/staff/act_form.html"
    header_icon = "edit"
    model: Any = None
    act: Any = None
    inspect_url_name = ""
    explanation: str | Promise = ""
    button: str | Promise = _("Save")
    success: str | Promise = _("Done.")

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    @property
    def person(self) -> User:
        return cast(User, self.request.user)  # the admin lets nobody else in

    @cached_property
    def thing(self) -> Any:
        thing = get_object_or_404(self.model, pk=self.kwargs["pk"])
        if not self.act.can(self.person, thing):
            raise PermissionDenied
        return thing

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            thing=self.thing,
            explanation=self.explanation,
            button=self.button,
            **kwargs,
        )

    def act_on(self, thing: Any, **words: Any) -> object:
        """The action of the domain that this page stands for."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.act_on(self.thing, by=self.person, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal.user_message))
            return self.form_invalid(form)
        messages.success(self.request, self.success)
        return redirect(reverse(self.inspect_url_name, args=[self.thing.pk]))
