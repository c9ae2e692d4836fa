"""Development and the demo: everything on this machine, nothing leaves it."""

import secrets

from cryptography.fernet import Fernet

from .base import *  # noqa: F403
from .base import LOGGING, VAR_DIR, env

DEBUG = env.bool("DEBUG", True)
VAR_DIR.mkdir(parents=True, exist_ok=True)


def _kept_secret(name: str, length: int = 48) -> str:
    """A secret made once for this checkout and kept under var/."""
    path = VAR_DIR / name
    if not path.exists():
        path.write_text(secrets.token_urlsafe(length))
        path.chmod(0o600)
    return path.read_text().strip()


SECRET_KEY = _kept_secret("secret_key")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
INTERNAL_IPS = ["127.0.0.1"]

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Files are served from where they lie.
STATIC_ROOT = None  # type: ignore[assignment]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# Mail stays on this machine and is shown on the page "mail of this demo".
DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
SHOW_OUTGOING_MAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # passkeys on http://127.0.0.1

PROGRAMME_BANK = {
    code: {
        "holder": "SANDBOX – no real account",
        "bank": "SANDBOX",
        "iban": "SANDBOX",
        "bic": "",
    }
    for code in ("EUR", "ILS", "JOD", "USD")
}
PAYMENTS_MODE = "sandbox"
STRIPE_KEY = "sk_test_" + "development_only"
STRIPE_WEBHOOK_SECRETS = ["whsec_" + _kept_secret("stripe_webhook_secret", 24)]
STRIPE_WEBHOOK_PATH = _kept_secret("stripe_webhook_path", 16)
STAFF_SECOND_FACTOR_REQUIRED = env.bool("STAFF_SECOND_FACTOR_REQUIRED", False)


def _sealing_keys() -> list[str]:
    path = VAR_DIR / "sealing_key"
    if not path.exists():
        path.write_text(Fernet.generate_key().decode())
        path.chmod(0o600)
    return [path.read_text().strip()]


SEALING_KEYS = _sealing_keys()

# The terminal shows what a developer waits for, not every act and task.
QUIET = ("wagtail", "django_tasks", "django_tasks_db", "django.server")
LOGGING = LOGGING | {
    "loggers": LOGGING["loggers"] | {name: {"level": "WARNING"} for name in QUIET}
}
