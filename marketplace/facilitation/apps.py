from django.apps import AppConfig


class FacilitationConfig(AppConfig):
    name = "marketplace.facilitation"
    label = "facilitation"
