"""What happens here when somebody signs in."""

import time

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from .middleware import BEGAN, SEEN


@receiver(user_logged_in)
def begin_login_session(request: HttpRequest | None, **kwargs: object) -> None:
    """A log-in session's life is counted from its own beginning."""
    if request is not None:
        request.session[BEGAN] = request.session[SEEN] = int(time.time())
