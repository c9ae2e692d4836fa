"""The rows of money: what is due, what was tried, what is booked, what was told."""

from .adjustments import Adjustment
from .attempts import PaymentAttempt
from .currencies import Currency
from .discrepancies import Discrepancy
from .fees import Fee, Share
from .inbox import StripeEvent
from .ledger import LedgerEntry, LedgerTransaction
from .schedules import FeeSchedule
from .transfers import OfflinePayment

__all__ = [
    "Adjustment",
    "Currency",
    "Discrepancy",
    "Fee",
    "FeeSchedule",
    "LedgerEntry",
    "LedgerTransaction",
    "OfflinePayment",
    "PaymentAttempt",
    "Share",
    "StripeEvent",
]
