"""The site's own addresses, as mails need them."""

import uuid
from email.utils import formataddr, parseaddr
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.people.languages import path_in_language


def new_message_id() -> str:
    """A Message-ID that stays the same however often its mail is tried."""
    domain = sender_address().rpartition("@")[2] or "localhost"
    return f"<{uuid.uuid4().hex}@{domain}>"


def sender_address() -> str:
    """The bare address all mail comes from; nobody reads what is sent there."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def sender(*, named: bool) -> str:
    """The sender with the site's name, or neutral: the bare address."""
    if not named:
        return sender_address()
    return formataddr((str(settings.BRAND_NAME), sender_address()))


def absolute(path: str, language: str) -> str:
    """The full address of a page of the site in the reader's language."""
    if not path:
        path = f"/{language}/"
    return urljoin(settings.SITE_URL, path_in_language(path, language))


def neutral_subject() -> str:
    """A subject that says nothing to whoever looks over a shoulder."""
    return _("You have a new message")
