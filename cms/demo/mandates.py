"""What the demo's investors look for."""

import json
from pathlib import Path

from marketplace.mandates.actions import Conditions, open_seat, save_mandate
from marketplace.mandates.models import InvestorMandate
from marketplace.money import Money
from marketplace.taxonomy.models import Sector

from .seeding import Seeded

FILE = Path(__file__).parent / "mandates.json"


def seed_mandates(seeded: Seeded) -> None:
    """A seat for each investor, opened by staff, and the mandate its owner states."""
    if seeded.reviewer is None:
        return
    for record in json.loads(FILE.read_text(encoding="utf-8")):
        organisation = seeded.organisations[record["organisation"]]
        open_seat(organisation, by=seeded.reviewer)
        amount = record["amount"]
        low, high = (
            Money.from_major(amount[end], amount["currency"]).minor
            for end in ("min", "max")
        )
        membership = organisation.memberships.get(role="owner")
        save_mandate(
            InvestorMandate(
                organisation=organisation,
                name=record["name"],
                words=record["words"],
                written_in=record["language"],
                stages=record["stages"],
                instruments=record["instruments"],
                languages=record["languages"],
                musts=record["musts"],
                cadence=record["cadence"],
                amount_min=low,
                amount_max=high,
                amount_currency=amount["currency"],
            ),
            Conditions(sectors=list(Sector.objects.filter(code__in=record["sectors"]))),
            by=membership.user,
        )
