"""One side writes to the other."""

from django.db import transaction
from wagtail.log_actions import log

from marketplace.attachments import CleanFile
from marketplace.introductions import notice_kinds
from marketplace.introductions.models import Attachment, Introduction, Message
from marketplace.introductions.permissions import can_write
from marketplace.people.models import User
from marketplace.private_files import private_storage
from marketplace.refusals import require

from .parts import tell


@transaction.atomic
def send_message(
    introduction: Introduction, *, by: User, text: str, file: CleanFile | None = None
) -> Message:
    """One side writes to the other; the notice of it holds no word of the text.

    A file arrives clean: cleaning takes seconds and comes before any lock.
    """
    introduction = Introduction.objects.locked(introduction.pk)
    require(can_write(by, introduction))
    own = introduction.side_of(by)
    message = Message.objects.create(
        introduction=introduction, organisation=own, author=by, text=text
    )
    log(introduction, "introductions.message", user=by)
    tell(introduction, introduction.other_than(own), notice_kinds.MESSAGE)
    if file is not None:
        _attach(message, file)
    return message


def _attach(message: Message, file: CleanFile) -> None:
    """The file last, so that hardly anything can fail once it is written."""
    storage = private_storage()
    name = storage.write(file.data, folder="attachments", suffix=file.suffix)
    try:
        Attachment.objects.create(
            message=message, file=name, kind=file.kind, size=len(file.data)
        )
    except BaseException:
        storage.delete(name)
        raise
