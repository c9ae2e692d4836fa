from django.apps import AppConfig


class VenturesConfig(AppConfig):
    name = "marketplace.ventures"
    label = "ventures"

    def ready(self) -> None:
        from . import notice_kinds, receivers  # noqa: F401
