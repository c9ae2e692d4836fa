"""The verbs of this room: the only code that writes its rows."""

from .drafts import save_draft, submit_listing
from .importing import ImportReport, import_listings
from .life import (
    expire_due_listings,
    remind_owners,
    renew_listing,
    withdraw_listing,
)
from .photos import add_photo, remove_photo
from .removals import answer_appeal, appeal_removal, take_down_listing
from .reports import close_report, report_listing
from .review import (
    approve_listing,
    open_step,
    record_publication,
    record_rejection,
    reject_listing,
)

__all__ = [
    "ImportReport",
    "add_photo",
    "answer_appeal",
    "appeal_removal",
    "approve_listing",
    "close_report",
    "expire_due_listings",
    "import_listings",
    "open_step",
    "record_publication",
    "record_rejection",
    "reject_listing",
    "remind_owners",
    "remove_photo",
    "renew_listing",
    "report_listing",
    "save_draft",
    "submit_listing",
    "take_down_listing",
    "withdraw_listing",
]
