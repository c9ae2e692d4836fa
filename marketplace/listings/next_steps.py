"""What a reader may do next about a listing: what its one button says.

Told from what the reader knows anyway. Whether the owner would meet the reader, has
blocked it, rests, or avoids its trade changes nothing here: two cards that differ in
such a thing alone are the same to the last byte.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

from marketplace.organisations.stage import Standing
from marketplace.organisations.stages import Stage
from marketplace.people.models import User

from .models import Listing


class Step(StrEnum):
    OWN = "own"
    LOG_IN = "log_in"
    REGISTER = "register"
    OPEN = "open"
    COLLEAGUES = "colleagues"
    ASK = "ask"


def next_step(standing: Standing, owner: int, *, has_asked: bool) -> Step:
    """`owner` is the key of the organisation whose listing it is; `has_asked` says that
    a request of the reader's side about it is under way."""
    if standing.floor < Stage.MEMBER:
        return Step.LOG_IN
    if owner in standing.own:
        return Step.OWN
    if not standing.own:
        return Step.REGISTER
    if has_asked:
        return Step.OPEN
    return Step.ASK if standing.acts_for else Step.COLLEAGUES


# By the asking organisation's key, where each request that is under way is read.
Requests = Callable[[User, Listing], Mapping[int, str]]

_requests: list[Requests] = []


def register_requests(requests: Requests) -> None:
    """Make known who tells of requests: the room of introductions lies above."""
    _requests.append(requests)


def requests_about(user: User, listing: Listing) -> dict[int, str]:
    """Addresses of what this person's own side has asked, by its organisation's key."""
    return {
        asker: address
        for requests in _requests
        for asker, address in requests(user, listing).items()
    }
