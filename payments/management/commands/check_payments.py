from django.core.management.base import BaseCommand, CommandError

from payments.gateway import GatewayError, get_gateway
from payments.models import Currency
from payments.modes import current_mode
from payments.stripe_gateway import API_VERSION

DINAR_COUNTRY = "AE"  # of Stripe's countries the only one whose accounts charge JOD


class Command(BaseCommand):
    help = "Ask the account behind STRIPE_KEY what it is and whether it may charge."

    def handle(self, **options: object) -> None:
        try:
            account = get_gateway().read_account()
        except GatewayError as error:
            raise CommandError(f"no answer from the account: {error}") from error
        self.stdout.write(
            f"mode {current_mode().value}, API {API_VERSION}, country "
            f"{account.country}, settles in {account.default_currency}"
        )
        if not account.charges_enabled:
            raise CommandError("this account may not charge")
        dinars = Currency.objects.filter(code="JOD", card_enabled=True)
        if dinars.exists() and account.country != DINAR_COUNTRY:
            raise CommandError(
                "cards are switched on for JOD, which this account cannot charge"
            )
        if not current_mode().is_live:
            self.stdout.write(
                "Not real money. Fees, timing of disputes and error texts of the "
                "development Stripe rest on Stripe's documentation alone."
            )
