from django.apps import AppConfig


class VenturesConfig(AppConfig):
    name = "marketplace.ventures"
    label = "ventures"
