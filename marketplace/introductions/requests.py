"""What a page of a listing learns of requests about it: the reader's own, none else."""

from marketplace.listings.models import Listing
from marketplace.listings.next_steps import register_requests
from marketplace.people.models import User

from .models import Introduction


def _under_way(user: User, listing: Listing) -> dict[int, str]:
    rows = Introduction.objects.sent_for(user).filter(listing=listing)
    return {row.asker_id: row.get_absolute_url() for row in rows}


register_requests(_under_way)
