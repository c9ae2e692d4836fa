"""What an operator must have set before the site meets real members."""

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

OUTBOX = "marketplace.notices.backends.OutboxBackend"
HASHER = "django.contrib.auth.hashers.Argon2PasswordHasher"


@register(Tags.security, deploy=True)
def sealing_keys_are_there(**kwargs: object) -> list[CheckMessage]:
    """Without keys no identity can be sealed; with wrong ones none can be read."""
    hint = "Set SEALING_KEYS to Fernet keys, newest first, and keep a copy elsewhere."
    if not settings.SEALING_KEYS:
        return [Error("SEALING_KEYS is empty.", hint=hint, id="people.E001")]
    try:
        for key in settings.SEALING_KEYS:
            Fernet(key)
    except ValueError:
        return [Error("SEALING_KEYS holds no Fernet key.", hint=hint, id="people.E002")]
    return []


@register(Tags.security, deploy=True)
def staff_show_a_second_factor(**kwargs: object) -> list[CheckMessage]:
    """Only development may waive the second factor of staff."""
    if settings.STAFF_SECOND_FACTOR_REQUIRED:
        return []
    return [
        Error("STAFF_SECOND_FACTOR_REQUIRED is off.", id="people.E003"),
    ]


@register(Tags.security, deploy=True)
def passwords_are_hashed_slowly(**kwargs: object) -> list[CheckMessage]:
    """New passwords are kept by Argon2."""
    if settings.PASSWORD_HASHERS[0] == HASHER:
        return []
    return [Error("PASSWORD_HASHERS does not begin with Argon2.", id="people.E004")]


@register(Tags.security, deploy=True)
def mail_goes_through_the_outbox(**kwargs: object) -> list[CheckMessage]:
    """Mail sent in the request would tell members from strangers, and be lost."""
    if settings.EMAIL_BACKEND == OUTBOX:
        return []
    return [Error("EMAIL_BACKEND is not the outbox.", id="people.E005")]


@register(Tags.security, deploy=True)
def mail_is_not_shown(**kwargs: object) -> list[CheckMessage]:
    """The page that shows outgoing mail is for development."""
    if not settings.SHOW_OUTGOING_MAIL:
        return []
    return [Error("SHOW_OUTGOING_MAIL is on.", id="people.E006")]
