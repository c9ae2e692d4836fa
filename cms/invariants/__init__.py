"""What must hold at every moment; a sentence for each thing that does not.

The numbers are those of the design: I2 effects happen once, I3 what is open rests on
consents, I4 the index agrees, I5 outboxes empty themselves, I7 the ledger keeps its
rules, I8 rows point at rows, I9 files and rows belong together.
"""

from collections.abc import Callable, Iterator

from payments import checking

from .consents import unfounded_disclosures
from .effects import repeated_effects
from .index import index_drift
from .outboxes import stuck_rows
from .storage import broken_references, stray_files

RULES: dict[str, Callable[[], Iterator[str]]] = {
    "I2": repeated_effects,
    "I3": unfounded_disclosures,
    "I4": index_drift,
    "I5": stuck_rows,
    "I7": checking.breaches,
    "I8": broken_references,
    "I9": stray_files,
}


def breaches() -> Iterator[str]:
    """Each breach as its rule and one sentence with public ids, never with names."""
    for rule, find in RULES.items():
        for words in find():
            yield f"{rule} {words}"
