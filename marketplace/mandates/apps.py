from django.apps import AppConfig


class MandatesConfig(AppConfig):
    name = "marketplace.mandates"
    label = "mandates"
