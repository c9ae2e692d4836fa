"""One side writes to the other."""

from django.db import transaction
from wagtail.log_actions import log

from marketplace.introductions import notice_kinds
from marketplace.introductions.models import Introduction, Message
from marketplace.introductions.permissions import can_write
from marketplace.people.models import User
from marketplace.refusals import require

from .parts import tell


@transaction.atomic
def send_message(introduction: Introduction, *, by: User, text: str) -> Message:
    """One side writes to the other; the notice of it holds no word of the text."""
    introduction = Introduction.objects.locked(introduction.pk)
    require(can_write(by, introduction))
    own = introduction.side_of(by)
    message = Message.objects.create(
        introduction=introduction, organisation=own, author=by, text=text
    )
    log(introduction, "introductions.message", user=by)
    tell(introduction, introduction.other_than(own), notice_kinds.MESSAGE)
    return message
