from django.apps import AppConfig


class InterestsConfig(AppConfig):
    name = "marketplace.interests"
    label = "interests"
