"""The staff screen of accounts: aliases, groups and whether one may sign in.

Addresses and names of members have no place here; staff see what others see.
"""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, BulkActionsCheckboxColumn, DateColumn
from wagtail.users.views.users import CreateView, EditView, IndexView, UserViewSet

from marketplace.people.models import User


class RightsForm(forms.ModelForm):
    """What staff decide of an account; only superusers make superusers."""

    def __init__(self, *args, by: User, **kwargs) -> None:
        kwargs.pop("editing_self", None)
        super().__init__(*args, **kwargs)
        if not by.is_superuser:
            del self.fields["is_superuser"]
        if self.instance.pk == by.pk:  # nobody locks the own account or grows in it
            for name in ("is_active", "is_superuser"):
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
    @cached_property
    def columns(self):
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="user"),
            next(column for column in super().columns if column.name == "name"),
            BooleanColumn("is_staff", label=_("Staff"), width="15%"),
            BooleanColumn("is_active", label=_("May log in"), width="15%"),
            DateColumn("last_login", label=_("Last log-in"), width="20%"),
        ]

    @cached_property
    def search_fields(self):
        return {"alias"}


class MemberEditView(EditView):
    template_name = "wagtailadmin/generic/edit.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"by": self.request.user}


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

    def get_form_class(self, for_update=False):
        return RightsForm if for_update else NewAccountForm
