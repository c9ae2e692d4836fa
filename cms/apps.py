"""The site that hosts all."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    verbose_name = "Site"

    def ready(self) -> None:
        from . import receivers  # noqa: F401
