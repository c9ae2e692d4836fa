"""Amounts of money: integer minor units and an ISO 4217 code, never a float."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .exceptions import DomainError


@dataclass(frozen=True, slots=True)
class CurrencyUnit:
    """How a currency is written and charged.

    `exponent`: decimals of ISO 4217. `stripe_exponent`: decimals of the amounts
    Stripe expects. `step`: the smallest payable amount, in ISO minor units.
    """

    code: str
    exponent: int
    stripe_exponent: int
    step: int = 1


UNITS: dict[str, CurrencyUnit] = {
    unit.code: unit
    for unit in (
        CurrencyUnit("ILS", 2, 2),
        CurrencyUnit("JOD", 3, 3, step=10),
        CurrencyUnit("USD", 2, 2),
        CurrencyUnit("EUR", 2, 2),
    )
}
CURRENCY_CHOICES = [(code, code) for code in UNITS]


class WrongCurrency(DomainError):
    """Two amounts of different currencies met, or a currency is not known."""


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount in ISO minor units: `Money(12_340, "JOD")` is 12.340 dinars."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if self.currency not in UNITS:
            raise WrongCurrency
        if not isinstance(self.minor, int) or isinstance(self.minor, bool):
            raise TypeError("minor units are whole numbers")

    @property
    def unit(self) -> CurrencyUnit:
        return UNITS[self.currency]

    @property
    def amount(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.minor).scaleb(-self.unit.exponent)

    @classmethod
    def from_major(cls, amount: Decimal | str | int, currency: str) -> "Money":
        """Read major units; more decimals than the currency has are a ValueError."""
        if currency not in UNITS:
            raise WrongCurrency
        minor = Decimal(amount).scaleb(UNITS[currency].exponent)
        if minor != minor.to_integral_value():
            raise ValueError("more decimals than the currency has")
        return cls(int(minor), currency)

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise WrongCurrency

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        self._same(other)
        return self.minor < other.minor

    def __le__(self, other: "Money") -> bool:
        self._same(other)
        return self.minor <= other.minor

    def split(self, weights: Sequence[int]) -> list["Money"]:
        """Divide by largest remainder in payable steps; the parts add up exactly.

        Ties go by order. Raises ValueError without weights, with negative or only
        zero weights, or where the amount is no multiple of the step.
        """
        step = self.unit.step
        whole = sum(weights)
        if not weights or min(weights) < 0 or whole <= 0 or self.minor % step:
            raise ValueError("nothing to split by, or not a payable amount")
        steps = self.minor // step
        parts = [steps * weight // whole for weight in weights]
        by_remainder = sorted(
            range(len(weights)), key=lambda i: (-(steps * weights[i] % whole), i)
        )
        for index in by_remainder[: steps - sum(parts)]:
            parts[index] += 1
        return [Money(part * step, self.currency) for part in parts]
