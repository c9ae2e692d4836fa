"""The one ladder of who may see what; faces and leak tests read it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.IntegerChoices):
    """How near two parties have come; a higher stage opens all lower ones."""

    PUBLIC = 0, _("anyone")
    MEMBER = 10, _("signed-in members")
    MATCHED = 20, _("members you match with")
    INTERESTED = 30, _("whom you ask for an introduction, or accept")
    FACTS = 40, _("after both agreed to share facts")
    ORGANISATION = 50, _("after both agreed to share the organisation")
    PERSON = 60, _("after you both agreed to meet")
    VENTURE = 70, _("partners of the same venture")


KINDS_OF_VIEWER: dict[str, tuple[Stage, ...]] = {
    "public": (Stage.PUBLIC,),
    "member": (Stage.MEMBER, Stage.MATCHED),
    "interested": (Stage.INTERESTED,),
    "mutual": (Stage.FACTS, Stage.ORGANISATION, Stage.PERSON),
    "venture": (Stage.VENTURE,),
}
