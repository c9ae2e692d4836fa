"""The record of disclosures and rights is whole: nothing changed, nothing missing."""

from collections.abc import Iterator

from marketplace.audit.actions import broken_at


def broken_record() -> Iterator[str]:
    number = broken_at()
    if number is not None:
        yield f"entry {number} of the record is missing or was changed"
