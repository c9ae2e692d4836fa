"""The rows of money: what is due, what was tried, what is booked, what was told."""

from .adjustments import Adjustment
from .attempts import PaymentAttempt
from .bank_lines import BankImport, BankLine
from .closing import MonthClose
from .currencies import Currency
from .discrepancies import Discrepancy
from .disputes import Dispute
from .documents import Document, DocumentSeries
from .fees import Fee, Share
from .inbox import StripeEvent
from .ledger import LedgerEntry, LedgerTransaction
from .refunds import RefundRequest
from .schedules import FeeSchedule, ScheduleLine
from .seat_changes import SeatChange
from .seats import Plan, Subscription
from .transfers import OfflinePayment
from .vouchers import Voucher

__all__ = [
    "Adjustment",
    "BankImport",
    "BankLine",
    "Currency",
    "Discrepancy",
    "Dispute",
    "Document",
    "DocumentSeries",
    "Fee",
    "FeeSchedule",
    "LedgerEntry",
    "LedgerTransaction",
    "MonthClose",
    "OfflinePayment",
    "PaymentAttempt",
    "Plan",
    "RefundRequest",
    "ScheduleLine",
    "SeatChange",
    "Share",
    "StripeEvent",
    "Subscription",
    "Voucher",
]
