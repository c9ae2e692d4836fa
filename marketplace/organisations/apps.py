from importlib import import_module

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "marketplace.organisations"
    label = "organisations"

    def ready(self) -> None:
        import_module("marketplace.organisations.faces")  # its rows join the table
