"""Who sends what to the addresses of what partners plan, for `test_double_submit`."""

from datetime import timedelta

from django.utils import timezone

from tests.security.world import World


def in_days(count: int) -> str:
    return str(timezone.localdate() + timedelta(days=count))


def step(world: World) -> dict[str, str]:
    owner = world.owner.organisation.public_id.hex
    words = {"kind": "step", "text": "Count jars", "owner": owner}
    return words | {"due_on": in_days(9)}


def arrangement(world: World) -> dict[str, str]:
    days = dict.fromkeys(("first_on", "last_on", "review_on"), in_days(9))
    hours = {"from_time": "07:00", "to_time": "09:00", "repeats": "once"}
    words = {"what": "Crates", "who": "Both", "place": "The gate", "zone": "UTC"}
    return words | days | hours


def proposal(world: World) -> dict[str, str]:
    shares = {
        f"share_{party.organisation.public_id.hex}": "50"
        for party in (world.owner, world.partner)
    }
    words = {"title_en": "A press", "purpose_en": "To press together"}
    words |= {"title_he": "בית בד", "purpose_he": "לכבוש יחד"}
    words["governing_language"] = "he"
    return shares | words | {"starts_on": "2027-01-01", "fee_currency": "USD"}


def closing(world: World) -> dict[str, str]:
    words = {"note": "We stopped in peace.", "lesson": "Begin small."}
    return words | {"ending": "events", "written_in": "en"}


def times(world: World) -> dict[str, str]:
    return {
        "time_1_0": in_days(12),
        "time_1_1": "10:00",
        "minutes": "30",
        "way": "call",
        "place": "Nobody needs one",
        "note": "A first talk",
    }


def slot(world: World) -> dict[str, str]:
    proposal = world.offered_meeting.proposals.open().get()
    return {"slot": str(proposal.slots.all()[0].public_id)}


def line(world: World) -> dict[str, str]:
    words = {"text": "We count jars", "step": "Send a list", "owner": "us"}
    return words | {"step_on": in_days(9)}


PLANS = {
    "meetings:propose": ("owner", times),
    "meetings:pick": ("owner", slot),
    "meetings:decline": ("owner", lambda world: {}),
    "meetings:withdraw": ("mutual", lambda world: {}),
    "meetings:cancel": ("partner", lambda world: {}),
    "meetings:note": ("owner", lambda world: {"text": "For ourselves"}),
    "meetings:held": ("owner", lambda world: {"word": "yes"}),
    "meetings:line": ("owner", line),
    "meetings:confirm": ("owner", lambda world: {"version": "1"}),
    "ventures:dissent": ("owner", lambda world: {"text": "The price is too low."}),
    "ventures:closing_write": ("owner", closing),
    "ventures:closing_confirm": ("owner", lambda world: {"version": "1"}),
    "ventures:restart": ("partner", proposal),
    "ventures:milestone_add": ("owner", step),
    "ventures:milestone_edit": ("owner", step),
    "ventures:milestone_say": (
        "owner",
        lambda world: {"what": "counts", "version": world.milestone.version},
    ),
    "ventures:arrangement_add": ("owner", arrangement),
    "ventures:arrangement_edit": ("owner", arrangement),
    "ventures:arrangement_renew": ("partner", arrangement),
    "ventures:arrangement_agree": ("owner", lambda world: {"version": "1"}),
    "ventures:arrangement_kept": ("owner", lambda world: {"word": "kept"}),
    "ventures:arrangement_leave": ("partner", lambda world: {}),
}
