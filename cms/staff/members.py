"""The staff screen of accounts: aliases, groups and whether one may sign in.

Addresses and names of members have no place here; staff see what others see.
"""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import BooleanColumn, DateColumn
from wagtail.users.views.bulk_actions.user_bulk_action import UserBulkAction
from wagtail.users.views.users import CreateView, EditView, IndexView, UserViewSet

from marketplace.people.actions import open_or_close_account
from marketplace.people.models import User


class RightsForm(forms.ModelForm):
    """What staff decide of an account; only superusers make superusers."""

    def __init__(self, *args, by: User, **kwargs) -> None:
        kwargs.pop("editing_self", None)
        super().__init__(*args, **kwargs)
        if not by.is_superuser:
            del self.fields["is_superuser"]
        if self.instance.pk == by.pk:  # nobody locks the own account or grows in it
            for name in ("is_active", "is_superuser", "groups"):
                self.fields.pop(name, None)

    class Meta:
        model = User
        fields = ["is_active", "groups", "is_superuser"]
        widgets = {"groups": forms.CheckboxSelectMultiple}
        labels = {
            "is_active": _("May log in"),
            "groups": _("Groups"),
            "is_superuser": _("May do everything"),
        }
        help_texts = {"is_active": "", "groups": "", "is_superuser": ""}

    def clean(self) -> dict[str, object]:
        words = super().clean() or {}
        is_superuser = words.get("is_superuser", self.instance.is_superuser)
        if "groups" in self.fields:
            self.instance.is_staff = bool(words.get("groups")) or bool(is_superuser)
        return words


class NewAccountForm(RightsForm):
    """A colleague's account: the password comes by a link to the address."""

    class Meta(RightsForm.Meta):
        fields = ["email", "alias", "groups", "is_superuser"]

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        return super().save(commit)


class MemberIndexView(IndexView):
    template_name = "wagtailadmin/generic/index.html"  # without acts on many at once

    @cached_property
    def columns(self):
        return [
            next(column for column in super().columns if column.name == "name"),
            BooleanColumn("is_staff", label=_("Staff"), width="15%"),
            BooleanColumn("is_active", label=_("May log in"), width="15%"),
            DateColumn("last_login", label=_("Last log-in"), width="20%"),
        ]

    @cached_property
    def search_fields(self):
        return {"alias"}

    def get_delete_url(self, instance):
        """There is none: an account is closed, never deleted."""


class MemberEditView(EditView):
    template_name = "wagtailadmin/generic/edit.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"by": self.request.user}

    def get_delete_url(self):
        """There is none: an account is closed, never deleted."""

    def save_instance(self):
        if "is_active" in self.form.changed_data:
            is_active = self.form.cleaned_data["is_active"]
            person = User.objects.get(pk=self.object.pk)
            open_or_close_account(person, by=self.request.user, is_active=is_active)
        return super().save_instance()


class MemberCreateView(CreateView):
    template_name = "wagtailadmin/generic/create.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"by": self.request.user}


class MemberViewSet(UserViewSet):
    ordering = "-date_joined"
    template_prefix = ""
    index_view_class = MemberIndexView
    add_view_class = MemberCreateView
    edit_view_class = MemberEditView
    copy_view_enabled = False

    def get_urlpatterns(self):
        return [each for each in super().get_urlpatterns() if each.name != "delete"]

    def get_form_class(self, for_update=False):
        return RightsForm if for_update else NewAccountForm


class NoBulkAction(UserBulkAction):
    """In place of Wagtail's acts on many accounts at once: an address like any missing.

    They would delete accounts, hand out groups past the form, and find people by
    their e-mail.
    """

    display_name = aria_label = ""

    @classmethod
    def as_slot(cls, action_type: str) -> type["NoBulkAction"]:
        return type("NoBulkAction", (cls,), {"action_type": action_type})

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        raise Http404


def close_bulk_actions() -> None:
    """Takes the three places; the higher order is asked last and stays."""
    for action_type in ("delete", "set_active_state", "assign_role"):
        slot = NoBulkAction.as_slot(action_type)
        hooks.register("register_bulk_action", slot, order=1)
