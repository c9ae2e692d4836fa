"""What must hold at every moment; a sentence for each thing that does not.

The numbers are those of the design.
"""

from collections.abc import Callable, Iterator

from payments import checking

from .consents import without_consent
from .effects import repeated_effects
from .index import index_drift
from .outboxes import stuck_rows
from .record import broken_record
from .storage import broken_references, stray_files

# What holds, in words, and what looks for where it does not.
RULES: dict[str, tuple[str, Callable[[], Iterator[str]]]] = {
    "I2": ("nothing has its effect twice", repeated_effects),
    "I3": ("what is open rests on living consents", without_consent),
    "I4": ("what can be found is what is published", index_drift),
    "I5": ("no outbox is stuck", stuck_rows),
    "I7": ("the ledger balances and keeps its rules", checking.breaches),
    "I8": ("rows point at rows that exist", broken_references),
    "I9": ("files and rows belong together", stray_files),
    "record": ("the record is chained and whole", broken_record),
}


def breaches() -> Iterator[str]:
    """Each breach as its rule and one sentence with public ids, never with names."""
    for rule, (_words, find) in RULES.items():
        for words in find():
            yield f"{rule} {words}"
