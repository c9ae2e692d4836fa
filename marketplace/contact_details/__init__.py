"""Contact details in what people write: noticed before they leave the writer's hands.

A thread or a listing that holds a telephone number gives away what two partners
agreed to open step by step. The finder only warns its writer; it refuses nothing,
so it would rather ask once too often than stay silent.
"""

from .finding import ContactKind, Found, contact_details_in
from .giveaways import Giveaway, contacts_given_away

__all__ = [
    "ContactKind",
    "Found",
    "Giveaway",
    "contact_details_in",
    "contacts_given_away",
]
