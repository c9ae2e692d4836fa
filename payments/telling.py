"""Who is told about money, and where the line leads."""

from marketplace.notices.actions import notify
from marketplace.notices.kinds import NoticeKind
from payments.models import Share
from payments.permissions import payers_of


def tell_payers(share: Share, kind: NoticeKind) -> None:
    """Tell everyone who may pay a share, each in their own language."""
    for payer in payers_of(share.party.organisation):
        notify(payer, kind, about=share, url=share.get_absolute_url())
