"""What the payer's bank does when a developer presses its buttons."""

from . import disputes, refunds, setups
from .events import Moment
from .store import Thing

# action: (the kind of object it is done to, the words on the button)
ACTS = {
    "dispute": ("charge", "Dispute"),
    "inquire": ("charge", "Inquire"),
    "win": ("dispute", "Won"),
    "lose": ("dispute", "Lost"),
    "fail": ("refund", "Fails"),
    "complete": ("refund", "Arrives"),
    "settle": ("invoice", "Paid with another card"),
}


def act(moment: Moment, action: str, identifier: str) -> None:
    """Do it, if the object is there and stands so that it makes sense."""
    thing = moment.store.find(ACTS[action][0], identifier)
    if thing is None or not may(thing, action):
        return
    if action in ("dispute", "inquire"):
        disputes.open_dispute(moment, thing, inquiry=action == "inquire")
    elif action in ("win", "lose"):
        disputes.close_dispute(moment, thing, won=action == "win")
    elif action == "settle":
        setups.pay_with_any_card(moment.later(), thing)
    elif action == "fail":
        refunds.fail_refund(moment, thing)
    else:
        refunds.complete_refund(moment, thing)


def may(thing: Thing, action: str) -> bool:
    """Whether the button makes sense for this object as it stands."""
    if action in ("dispute", "inquire"):
        return thing["paid"] and not thing["disputed"]
    if action in ("win", "lose"):
        return thing["status"] in disputes.OPEN | disputes.ASKING
    if action == "settle":
        return thing["status"] == "open" and thing["attempted"]
    return thing["status"] == "pending" or (
        action == "fail" and thing["status"] == "succeeded"
    )
