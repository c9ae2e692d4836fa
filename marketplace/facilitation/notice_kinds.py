"""What facilitators are told."""

from django.utils.translation import gettext_lazy as _

from marketplace.notices.kinds import NoticeKind, register, register_topic

register_topic("facilitation", _("Facilitation"))

TRUSTED = register(
    NoticeKind(
        "trusted",
        "facilitation",
        _("One side lets you act for it in an introduction."),
        _("Somebody asks for your help."),
    )
)
