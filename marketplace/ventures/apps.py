from django.apps import AppConfig


class VenturesConfig(AppConfig):
    name = "marketplace.ventures"
    label = "ventures"

    def ready(self) -> None:
        from . import faces, notice_kinds, receivers  # noqa: F401
