"""The table of staff screens, and which row speaks for an address."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from tests.security.addresses import Address

TABLE = Path(__file__).with_name("staff.toml")
CLOSED = "closed"
ANY = "*"


@dataclass(frozen=True, slots=True)
class StaffRow:
    """What one table says; `screens` is None where the table is one address or more."""

    name: str
    screens: frozenset[str] | None
    opens: frozenset[str] | str
    but: dict[str, frozenset[str] | str]

    def speaks_for(self, address: Address) -> bool:
        space, _, screen = address.name.rpartition(":")
        if self.screens is None:
            return fnmatchcase(address.key, self.name)
        return space == self.name and not self.screens.isdisjoint({screen, ANY})

    def opens_to(self, address: Address) -> frozenset[str] | str:
        """The groups that get an answer of 200, or "closed"."""
        return self.but.get(address.name.rpartition(":")[2], self.opens)


def _said(value: list[str] | str) -> frozenset[str] | str:
    return value if isinstance(value, str) else frozenset(value)


def staff_rows() -> list[StaffRow]:
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return [
        StaffRow(
            name=name,
            screens=frozenset(row["screens"]) if "screens" in row else None,
            opens=CLOSED if row.get("closed") else _said(row["opens"]),
            but={screen: _said(who) for screen, who in row.get("but", {}).items()},
        )
        for name, row in table.items()
    ]


def speaking(address: Address, rows: Iterable[StaffRow]) -> list[StaffRow]:
    return [row for row in rows if row.speaks_for(address)]
