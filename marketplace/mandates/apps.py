from django.apps import AppConfig


class MandatesConfig(AppConfig):
    name = "marketplace.mandates"
    label = "mandates"

    def ready(self) -> None:
        from . import receivers  # noqa: F401
