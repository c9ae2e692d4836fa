"""The link at the foot of a mail that stops mails like it, without a log-in (RFC 8058).

It names a member only by an opaque id and can do nothing but stop mails. It holds no
time either: a letter that goes out again after a crash is the same letter.
"""

from uuid import UUID

from django.core import signing
from django.urls import reverse

from marketplace.people.models import User

from .addresses import absolute

SALT = "notices.stop"


def stop_url(user: User, topic: str) -> str:
    """The full address, in the reader's language; an empty topic is all of them."""
    token = signing.Signer(salt=SALT).sign_object([user.public_id.hex, topic])
    return absolute(reverse("notices:stop", args=[token]), user.language)


def read_token(token: str) -> tuple[User, str] | None:
    """Whose mails about what; None for a link that we never wrote."""
    try:
        public_id, topic = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    user = User.objects.filter(public_id=UUID(public_id)).first()
    return (user, topic) if user else None
