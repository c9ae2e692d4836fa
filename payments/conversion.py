"""Amounts as Stripe counts them, and back: table-driven, exact or refused."""

from marketplace.money import UNITS, Money


class NotPayable(ValueError):
    """An amount that Stripe cannot be asked for, or did not count as we do."""


def to_stripe(amount: Money) -> int:
    """The whole number Stripe expects; NotPayable off the currency's step."""
    unit = amount.unit
    if amount.minor <= 0 or amount.minor % unit.step:
        raise NotPayable(amount.currency)
    return _shift(amount.minor, unit.stripe_exponent - unit.exponent)


def from_stripe(number: int, currency: str) -> Money:
    """What Stripe's number means; the exact inverse of `to_stripe` or NotPayable."""
    code = currency.upper()
    if code not in UNITS:
        raise NotPayable(code)
    unit = UNITS[code]
    return Money(_shift(number, unit.exponent - unit.stripe_exponent), code)


def _shift(number: int, places: int) -> int:
    if places >= 0:
        return number * 10**places
    factor: int = 10**-places
    whole, rest = divmod(number, factor)
    if rest:
        raise NotPayable("more decimals than the currency has")
    return whole
