"""Errors that are for people: each carries a sentence the reader may see."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """Something the programme refuses; `user_message` says why, translated."""

    user_message: str | Promise = _("This cannot be done.")

    def __init__(self, user_message: str | Promise | None = None) -> None:
        if user_message is not None:
            self.user_message = user_message
        super().__init__(str(type(self).__name__))  # no personal data in tracebacks

    def __str__(self) -> str:
        return str(self.user_message)


class NotAllowed(DomainError):
    """The person may not do this to that thing."""

    user_message = _("You may not do this.")


class MoveNotAllowed(DomainError):
    """A lifecycle does not know this step from where the thing stands."""

    user_message = _("This has already changed. Look at it again before you go on.")
