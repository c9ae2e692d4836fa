from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "marketplace.meetings"
    label = "meetings"

    def ready(self) -> None:
        from . import faces, notice_kinds, panels, receivers  # noqa: F401
