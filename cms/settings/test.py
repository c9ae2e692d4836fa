"""Tests: immediate tasks, mail in memory, a fast hasher, a database kept in a file."""

from .base import *  # noqa: F403
from .base import DATABASES, EMBEDDED_ENGINE, VAR_DIR, env

VAR_DIR.mkdir(parents=True, exist_ok=True)
SECRET_KEY = "test-only-" + "x" * 50
SEALING_KEYS = ["dGVzdC1vbmx5LXNlYWxpbmcta2V5LXRlc3Qtb25seSE="]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DATABASES["default"]["TEST"] = {
    "NAME": str(VAR_DIR / "test.sqlite3")
    if DATABASES["default"]["ENGINE"].endswith("sqlite3")
    else None
}
# Whatever the environment names: tests of a server ask for it themselves.
SEARCH_ENGINE = EMBEDDED_ENGINE
if "PATH" in EMBEDDED_ENGINE["OPTIONS"]:
    worker = env.str("PYTEST_XDIST_WORKER", "alone")
    EMBEDDED_ENGINE["OPTIONS"]["PATH"] = str(VAR_DIR / f"test-search-{worker}.sqlite3")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend",
        "QUEUES": ["default", "mail", "search"],
    }
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = VAR_DIR / "test-media"
PRIVATE_ROOT = VAR_DIR / "test-private"
PAYMENTS_MODE = "sandbox"
ALLOW_SANDBOX_IN_DEMO = True
STRIPE_KEY = "sk_test_" + "for_tests"
STRIPE_WEBHOOK_SECRETS = ["whsec_" + "for_tests"]
STRIPE_WEBHOOK_PATH = "test-path"
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
ACCOUNT_RATE_LIMITS = False  # type: ignore[assignment]
SEARCHES_A_MINUTE = 100_000
LOGGING_CONFIG = None
