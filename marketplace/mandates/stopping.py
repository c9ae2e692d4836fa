"""The link in a letter that lets one mandate rest, without a log-in.

It names the mandate and its reader by opaque ids and can do nothing but pause.
"""

from uuid import UUID

from django.core import signing
from django.urls import reverse

from marketplace.notices.addresses import absolute
from marketplace.people.models import User

from .models import InvestorMandate

SALT = "mandates.stop"


def stop_url(mandate: InvestorMandate, reader: User) -> str:
    """The full address, in the reader's language."""
    names = [mandate.public_id.hex, reader.public_id.hex]
    token = signing.Signer(salt=SALT).sign_object(names)
    return absolute(reverse("mandates:stop", args=[token]), reader.language)


def read_token(token: str) -> tuple[InvestorMandate, User] | None:
    """Whose mandate; None for a link we never wrote, or of one that has ended."""
    try:
        mandate, reader = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    user = User.objects.filter(public_id=UUID(reader), is_active=True).first()
    if user is None:
        return None
    own = InvestorMandate.objects.of(user).standing()
    found = own.filter(public_id=UUID(mandate)).first()
    return (found, user) if found else None
