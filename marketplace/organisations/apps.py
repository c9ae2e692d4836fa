from importlib import import_module

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "marketplace.organisations"
    label = "organisations"

    def ready(self) -> None:
        for module in ("faces", "notice_kinds"):  # their rows and kinds join the tables
            import_module(f"marketplace.organisations.{module}")
