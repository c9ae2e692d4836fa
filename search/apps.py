"""The Django application that finds listings and matches them."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Finding and matching; stands on the marketplace, knows nothing of payments."""

    name = "search"
    label = "search"

    def ready(self) -> None:
        from . import notice_kinds, receivers  # noqa: F401

        receivers.connect()
