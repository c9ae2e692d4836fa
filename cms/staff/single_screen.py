"""A staff screen of one page behind one right, with the item of the menu that leads there."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.views import View
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet


class SingleScreen(WagtailAdminTemplateMixin):
    """Mixed into a view of Django's; `permission` is `"app.codename"`."""

    permission = ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class PermittedMenuItem(MenuItem):
    """Shown to those who may open the screen."""

    permission = ""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(self.permission))


class SingleScreenViewSet(ViewSet):
    """One address; the right of its view is that of its menu item."""

    screen: type[View]
    menu_item_class = PermittedMenuItem

    def get_menu_item(self, order: int | None = None) -> MenuItem:
        item = super().get_menu_item(order)
        item.permission = self.screen.permission
        return item

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", self.construct_view(self.screen), name="index")]
