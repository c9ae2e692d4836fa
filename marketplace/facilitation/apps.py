from importlib import import_module

from django.apps import AppConfig


class FacilitationConfig(AppConfig):
    name = "marketplace.facilitation"
    label = "facilitation"

    def ready(self) -> None:
        import_module("marketplace.facilitation.notice_kinds")  # joins the table
