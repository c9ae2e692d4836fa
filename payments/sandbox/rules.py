"""Stripe's rules about money, cards and time, as far as the sandbox enforces them.

Sources: Stripe's pages "Supported currencies" (exponents, three-decimal step,
minimum and maximum amounts), "Test cards" and "Checkout Session, expires_at".
"""

from dataclasses import dataclass

from .wire import ApiError

API_VERSION = "2026-10-28.endive"
MINUTE, HOUR, DAY = 60, 3600, 86400
MAXIMUM_AMOUNT = 99_999_999


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


NO_DECIMALS = _codes("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf")
THREE_DECIMALS = _codes("bhd jod kwd omr tnd")
# No decimals in daily life, yet Stripe wants two, always zero.
HUNDREDS = _codes("isk ugx")
TWO_DECIMALS = _codes("""aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bmd bnd bob brl bsd bwp
    byn bzd cad cdf chf cny cop crc cve czk dkk dop dzd egp etb eur fjd fkp gbp gel gip
    gmd gtq gyd hkd hnl htg huf idr ils inr jmd kes kgs khr kyd kzt lak lbp lkr lrd lsl
    mad mdl mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd pab pen pgk
    php pkr pln qar ron rsd rub sar sbd scr sek sgd shp sle sos srd std szl thb tjs top
    try ttd twd tzs uah usd uyu uzs wst xcd yer zar zmw""")
CURRENCIES = NO_DECIMALS | THREE_DECIMALS | HUNDREDS | TWO_DECIMALS
MINIMUM = {
    "aed": 200, "bgn": 100, "czk": 1500, "dkk": 250, "gbp": 30, "hkd": 400,
    "huf": 17500, "mxn": 1000, "myr": 200, "nok": 300, "pln": 200, "ron": 200,
    "sek": 300, "thb": 1000,
}  # fmt: skip


def decimals(currency: str) -> int:
    """How many decimals Stripe's integer amounts carry in this currency."""
    if currency in THREE_DECIMALS:
        return 3
    return 0 if currency in NO_DECIMALS else 2


def step(currency: str) -> int:
    if currency in THREE_DECIMALS:
        return 10
    return 100 if currency in HUNDREDS else 1


def minimum(currency: str) -> int:
    return MINIMUM.get(currency, 500 if currency in THREE_DECIMALS else 50)


def check_currency(currency: str, param: str) -> str:
    lowered = currency.lower()
    if lowered not in CURRENCIES:
        raise ApiError(f"Invalid currency: {lowered}", param=param)
    return lowered


def check_step(amount: int, currency: str, param: str) -> None:
    if amount % step(currency):
        raise ApiError(
            f"Invalid amount: {amount} {currency} must be a multiple of"
            f" {step(currency)}",
            code="parameter_invalid_integer",
            param=param,
        )


def check_total(amount: int, currency: str) -> None:
    if amount < minimum(currency):
        least = as_text(minimum(currency), currency)
        raise ApiError(
            f"The Checkout Session's total amount due must add up to at least {least}",
            code="amount_too_small",
        )
    if amount > MAXIMUM_AMOUNT:
        most = as_text(MAXIMUM_AMOUNT, currency)
        raise ApiError(
            f"The Checkout Session's total amount due must be no more than {most}",
            code="amount_too_large",
        )


def as_text(amount: int, currency: str) -> str:
    """`123450` and `ils` as `ILS 1,234.50`, the same in every language."""
    places = decimals(currency)
    sign = "-" if amount < 0 else ""
    whole, rest = divmod(abs(amount), 10**places)
    fraction = f".{rest:0{places}d}" if places else ""
    return f"{currency.upper()} {sign}{whole:,}{fraction}"


def check_expiry(expires_at: int, now: int) -> int:
    if not now + 30 * MINUTE <= expires_at <= now + DAY:
        raise ApiError(
            "The `expires_at` timestamp must be between 30 minutes and 24 hours"
            " from Checkout Session creation.",
            param="expires_at",
        )
    return expires_at


def fee(amount: int, currency: str) -> int:
    """What Stripe would keep, roughly: 2.9 % and thirty cents."""
    fixed = 30 if decimals(currency) == 2 else 0
    return (amount * 29 + 500) // 1000 + fixed


@dataclass(frozen=True, slots=True)
class TestCard:
    """One number of the table and what it does. Only its last four are kept."""

    number: str
    brand: str
    outcome: str  # "pay", "challenge", or the code of an error
    decline_code: str = ""
    # What follows later: "dispute", "inquiry", "refund_fails", "refund_waits",
    # "fails_later": it can be kept, and every charge of it is declined;
    # "asks_always": once kept, its bank asks again at every charge.
    aftermath: str = ""
    blocked: bool = False  # by Radar, so that the bank was never asked

    @property
    def last4(self) -> str:
        return self.number[-4:]

    @property
    def declined(self) -> bool:
        return self.outcome not in {"pay", "challenge"}


CARDS = {
    card.number: card
    for card in (
        TestCard("4242424242424242", "visa", "pay"),
        TestCard("5555555555554444", "mastercard", "pay"),
        TestCard("4000002760003184", "visa", "challenge", aftermath="asks_always"),
        TestCard("4000002500003155", "visa", "challenge"),
        TestCard("4000000000000002", "visa", "card_declined", "generic_decline"),
        TestCard("4000000000009995", "visa", "card_declined", "insufficient_funds"),
        TestCard("4000000000000069", "visa", "expired_card", "expired_card"),
        TestCard("4000000000000127", "visa", "incorrect_cvc", "incorrect_cvc"),
        TestCard(
            "4100000000000019", "visa", "card_declined", "fraudulent", blocked=True
        ),
        TestCard("4000000000000259", "visa", "pay", aftermath="dispute"),
        TestCard("4000000000001976", "visa", "pay", aftermath="inquiry"),
        TestCard("4000000000005126", "visa", "pay", aftermath="refund_fails"),
        TestCard("4000000000007726", "visa", "pay", aftermath="refund_waits"),
        TestCard("4000000000000341", "visa", "pay", aftermath="fails_later"),
    )
}
ERROR_MESSAGES = {
    "generic_decline": "Your card was declined.",
    "fraudulent": "Your card was declined.",
    "insufficient_funds": "Your card has insufficient funds.",
    "expired_card": "Your card has expired.",
    "incorrect_cvc": "Your card's security code is incorrect.",
    "authentication": (
        "We are unable to authenticate your payment method. Please choose a"
        " different payment method and try again."
    ),
}


def card_of(typed: str) -> TestCard | None:
    """The card of this number, or None: a number outside the table goes no further."""
    return CARDS.get(typed.replace(" ", "").replace("-", ""))


def card_by_last4(last4: str) -> TestCard:
    """The card again, from the four digits that were kept: they are all different."""
    return next(card for card in CARDS.values() if card.last4 == last4)
