"""The site that hosts all."""

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class CmsConfig(AppConfig):
    default = True
    name = "cms"
    label = "cms"
    verbose_name = "Site"

    def ready(self) -> None:
        from . import receivers  # noqa: F401


class StaffAccountsConfig(WagtailUsersAppConfig):
    """Wagtail's accounts, shown by alias and without addresses."""

    default = False
    user_viewset = "cms.staff.members.MemberViewSet"
