"""The site that hosts all."""

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class CmsConfig(AppConfig):
    default = True
    name = "cms"
    label = "cms"
    verbose_name = "Site"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from marketplace.listings.models import Listing

        from . import receivers  # noqa: F401
        from .staff.policies import ReadingOnly

        # Before anybody asks: Wagtail keeps the first policy it hands out for a model.
        register_permission_policy(Listing, ReadingOnly(Listing))


class StaffAccountsConfig(WagtailUsersAppConfig):
    """Wagtail's accounts, shown by alias and without addresses."""

    default = False
    user_viewset = "cms.staff.members.MemberViewSet"
