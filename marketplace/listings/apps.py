from importlib import import_module

from django.apps import AppConfig


class ListingsConfig(AppConfig):
    name = "marketplace.listings"
    label = "listings"

    def ready(self) -> None:
        for module in ("faces", "notice_kinds"):  # their rows and kinds join the tables
            import_module(f"marketplace.listings.{module}")
        import_module("marketplace.listings.receivers").connect()
