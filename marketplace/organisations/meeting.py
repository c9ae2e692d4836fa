"""The one rule of who meets whom."""

from .models import Organisation


def may_meet(one: Organisation, other: Organisation) -> bool:
    """Whether the programme introduces these two: across sides, never within one."""
    return one.pk != other.pk and one.side != other.side
