"""Who is told about money, and where the line leads."""

from marketplace.notices.actions import notify
from marketplace.notices.kinds import NoticeKind
from payments.models import Share
from payments.permissions import payers_of


def tell_payers(
    share: Share, kind: NoticeKind, *, once: str = "", url: str = ""
) -> None:
    """Tell everyone who may pay a share, each in their own language.

    `once` names the fact, so that hearing of it again tells nobody again.
    """
    for payer in payers_of(share.party.organisation):
        notify(payer, kind, about=share, url=url or share.get_absolute_url(), once=once)
