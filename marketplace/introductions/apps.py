from django.apps import AppConfig


class IntroductionsConfig(AppConfig):
    name = "marketplace.introductions"
    label = "introductions"

    def ready(self) -> None:
        from . import faces, notice_kinds, receivers, requests  # noqa: F401
