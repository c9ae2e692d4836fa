"""Organisations as staff see them, and the decision about their verification."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.admin_url_finder import (
    ModelAdminURLFinder,
    register_admin_url_finder,
)
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.staff.acting import Act, ActingInspectView, ActingViewSet
from cms.staff.looking import AgeColumn
from cms.templatetags.site_tags import in_words
from marketplace.exceptions import DomainError
from marketplace.mandates.actions import close_seat, open_seat
from marketplace.mandates.permissions import (
    can_open_seats,
    has_free_seat,
    may_be_told,
)
from marketplace.organisations.actions import read_identity, verify_organisation
from marketplace.organisations.models import Organisation, Trait
from marketplace.organisations.permissions import can_verify
from marketplace.organisations.reasons import (
    REASONS_FOR,
    SeenBecause,
    VerificationReason,
    reason_label,
)
from marketplace.taxonomy.constants import LANGUAGE_CHOICES

State = Organisation.Verification
DECISIONS = (State.VERIFIED, State.FAILED, State.REVOKED, State.EXPIRED)


class DecisionForm(forms.Form):
    """A decision and its reason, chosen together so that they fit."""

    decision = forms.ChoiceField(label=_("Decision and reason"))
    note = forms.CharField(
        label=_("A word to the organisation"),
        help_text=_("Its people read this. Name what is missing."),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [("", "---------")] + [
            (
                State(state).label,
                [
                    (f"{state}:{reason}", VerificationReason(reason).label)
                    for reason in REASONS_FOR[state]
                ],
            )
            for state in DECISIONS
            if Organisation.verification.allows(organisation, to=state)
        ]


class VerifyView(WagtailAdminTemplateMixin, FormView):
    """Shows what the decision rests on. The sealed name opens by a logged press."""

    template_name = "cms/staff/verify_organisation.html"
    page_title = _("Verification")
    header_icon = "success"
    form_class = DecisionForm
    model = Organisation
    act: Any = None
    inspect_url_name = ""

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    @cached_property
    def organisation(self) -> Organisation:
        if not can_verify(self.request.user):
            raise PermissionDenied
        return get_object_or_404(Organisation, pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"organisation": self.organisation}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            organisation=self.organisation,
            reasons=SeenBecause.choices,
            decisions=[
                (decision, reason_label(decision.reason))
                for decision in self.organisation.decisions.select_related("decided_by")
            ],
            **kwargs,
        )

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if "reveal" not in request.POST:
            return super().post(request, *args, **kwargs)
        form = self.form_class(organisation=self.organisation)
        because = request.POST["reveal"]
        if because not in SeenBecause.values:
            return self.render_to_response(self.get_context_data(form=form))
        try:
            identity = read_identity(
                self.organisation, by=request.user, because=because
            )
        except DomainError as refusal:
            messages.error(request, str(refusal.user_message))
            return self.render_to_response(self.get_context_data(form=form))
        return self.render_to_response(
            self.get_context_data(form=form, identity=identity)
        )

    def form_valid(self, form: DecisionForm) -> HttpResponse:
        state, _colon, reason = form.cleaned_data["decision"].partition(":")
        try:
            verify_organisation(
                self.organisation,
                state=state,
                because=reason,
                note=form.cleaned_data["note"],
                by=self.request.user,
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal.user_message))
            return self.form_invalid(form)
        messages.success(self.request, _("Decided. Its people were told."))
        return redirect(reverse(self.inspect_url_name, args=[self.organisation.pk]))


class OrganisationInspectView(ActingInspectView):
    def get_traits_display_value(self) -> str:
        return in_words([str(Trait(each).label) for each in self.object.traits])

    def get_languages_display_value(self) -> str:
        names = dict(LANGUAGE_CHOICES)
        return in_words([str(names.get(each, each)) for each in self.object.languages])


class OrganisationViewSet(ActingViewSet):
    """By alias; legal name and registration number are read only to verify."""

    model = Organisation
    inspect_view_class = OrganisationInspectView
    icon = "home"
    menu_order = 30
    ordering = "-created_at"
    search_fields = ["alias", "descriptor"]
    list_filter = ["verification_state", "side"]
    list_display = [
        "alias",
        Column("get_side_display", label=_("Side"), sort_key="side"),
        Column("place", label=_("District")),
        StatusTagColumn(
            "get_verification_state_display",
            label=_("Verification"),
            sort_key="verification_state",
            primary=lambda row: row.verification_state == State.PENDING,
        ),
        AgeColumn("created_at", label=_("Registered")),
    ]
    inspect_view_fields = [
        "alias",
        "descriptor",
        "side",
        "country",
        "place",
        "size",
        "works_since",
        "sectors",
        "traits",
        "languages",
        "verification_state",
        "verified_on",
        "created_at",
    ]
    acts = (
        Act(
            "verify",
            _("Decide about verification"),
            lambda user, organisation: can_verify(user),
            view=VerifyView,
        ),
        Act(
            "open-seat",
            _("Open an investor seat"),
            lambda user, organisation: (
                can_open_seats(user) and not may_be_told(organisation)
            ),
            do=open_seat,
        ),
        Act(
            "close-seat",
            _("End the investor seat"),
            lambda user, organisation: (
                can_open_seats(user) and has_free_seat(organisation)
            ),
            do=close_seat,
        ),
    )

    def register_admin_url_finder(self) -> None:
        """The list of what waits links to the decision."""
        verify = self.get_url_name("verify")

        class Finder(ModelAdminURLFinder):
            edit_url_name = verify

            def get_edit_url(self, instance: Organisation) -> str | None:
                may = self.user is None or can_verify(self.user)
                return self.construct_edit_url(instance) if may else None

        register_admin_url_finder(self.model, Finder)
