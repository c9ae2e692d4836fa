from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PaymentsConfig(AppConfig):
    name = "payments"
    label = "payments"
    verbose_name = _("Fees and payments")

    def ready(self) -> None:
        from payments import checks, notice_kinds, receivers  # noqa: F401
