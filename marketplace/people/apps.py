from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "marketplace.people"
    label = "people"

    def ready(self) -> None:
        from . import checks, receivers  # noqa: F401
