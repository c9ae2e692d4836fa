"""Either side takes back its consent to the whole."""

from django.db import transaction
from wagtail.log_actions import log

from marketplace.introductions import notice_kinds
from marketplace.introductions.models import Introduction
from marketplace.introductions.permissions import can_close
from marketplace.introductions.signals import introduction_closed
from marketplace.people.models import User
from marketplace.refusals import require

from .parts import take_back, tell


@transaction.atomic
def close_introduction(introduction: Introduction, *, by: User) -> Introduction:
    """Either side takes back its consent; from the commit on nothing is readable."""
    introduction = Introduction.objects.locked(introduction.pk)
    require(can_close(by, introduction))
    Introduction.lifecycle.advance(introduction, to=Introduction.Status.CLOSED)
    take_back(introduction, by)
    log(introduction, "introductions.close", user=by)
    for organisation in introduction.both:
        tell(introduction, organisation, notice_kinds.CLOSED, but=by)
    introduction_closed.send(sender=Introduction, introduction=introduction)
    return introduction
