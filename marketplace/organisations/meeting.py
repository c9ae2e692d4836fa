"""The one rule of who meets whom: a matrix of sides, which staff may change."""

from collections.abc import Mapping

from .models import MeetingRule, Organisation, Side


def key_of(one: str, other: str) -> tuple[str, str]:
    """Two sides in the order in which the matrix keeps them."""
    return (one, other) if one <= other else (other, one)


Matrix = Mapping[tuple[str, str], bool]


def matrix() -> dict[tuple[str, str], bool]:
    """Every pair of sides: across sides yes, within one no, unless staff said else."""
    cells = {
        key_of(one, other): one != other for one in Side.values for other in Side.values
    }
    rules = MeetingRule.objects.values_list("one_side", "other_side", "allowed")
    return cells | {key_of(one, other): allowed for one, other, allowed in rules}


def sides_met_by(side: str) -> list[str]:
    """The sides whose organisations may be introduced to those of this one."""
    cells = matrix()
    return [other for other in Side.values if cells[key_of(side, other)]]


def may_meet(
    one: Organisation, other: Organisation, cells: Matrix | None = None
) -> bool:
    """Whether the programme introduces these two at all.

    ``cells`` is the matrix, where many are asked about in a row.
    """
    if one.pk == other.pk:
        return False
    cells = matrix() if cells is None else cells
    return cells[key_of(one.side, other.side)]
