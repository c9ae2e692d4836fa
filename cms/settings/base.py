"""Settings that are complete and safe by themselves; dev, test and production only differ."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from environs import Env

from .apps import INSTALLED_APPS as INSTALLED_APPS
from .engines import embedded_engine, search_engine
from .figures import *  # noqa: F403
from .headers import *  # noqa: F403

env = Env()
BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", "")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", [])
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000")


MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "cms.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Of a length that varies at random, so that it tells nothing (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "marketplace.people.middleware.MemberMiddleware",
    "marketplace.people.middleware.StaffDoorMiddleware",
    "marketplace.people.middleware.RefusedFormMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "cms" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    },
]

# -- database ---------------------------------------------------------------

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728;"
        "PRAGMA journal_size_limit=27103364; PRAGMA cache_size=-20000;"
    ),
}
DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'site.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"] |= {"CONN_MAX_AGE": None, "OPTIONS": SQLITE_OPTIONS}
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Limits are counted by each worker for itself: cheap, and nobody's address is kept.
LIMITS_CACHE = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "limits",
    "OPTIONS": {"MAX_ENTRIES": 20_000},
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "limits": LIMITS_CACHE,
}

# -- people -----------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    # One backend alone: a second would hash every wrong password twice.
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS += [
    {"NAME": "marketplace.people.passwords.LongEnough", "OPTIONS": {"min_length": 10}}
]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboard"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_ADAPTER = "marketplace.people.adapter.AccountAdapter"
ACCOUNT_USER_DISPLAY = "marketplace.people.adapter.display_name"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,10/h/key"}
ACCOUNT_FORMS = {
    "login": "marketplace.people.account_forms.LoginForm",
    "signup": "marketplace.people.account_forms.SignupForm",
    "reset_password": "marketplace.people.account_forms.ResetPasswordForm",
    "reset_password_from_key": "marketplace.people.account_forms.ResetPasswordKeyForm",
    "change_password": "marketplace.people.account_forms.ChangePasswordForm",
    "set_password": "marketplace.people.account_forms.SetPasswordForm",
    "add_email": "marketplace.people.account_forms.AddEmailForm",
    "reauthenticate": "marketplace.people.account_forms.ReauthenticateForm",
}
MFA_ADAPTER = "marketplace.people.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "marketplace.people.account_forms.AuthenticateForm",
    "reauthenticate": "marketplace.people.account_forms.ReauthenticateByCodeForm",
    "activate_totp": "marketplace.people.account_forms.ActivateTOTPForm",
    "add_webauthn": "marketplace.people.account_forms.AddKeyForm",
    "edit_webauthn": "marketplace.people.account_forms.EditKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
SESSION_COOKIE_AGE = LOGIN_LIFE_SECONDS = 14 * 24 * 3600
MEMBER_IDLE_SECONDS = 24 * 3600
STAFF_IDLE_SECONDS = 30 * 60
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = False
# Staff reach the admin only with a second factor; development may waive it, aloud.
STAFF_SECOND_FACTOR_REQUIRED = True
SEALING_KEYS: list[str] = env.list("SEALING_KEYS", [])

# -- languages --------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("en", "English"),
    ("he", "עברית"),
    ("ar", "العربية"),
]
LOCALE_PATHS = [BASE_DIR / "cms" / "locale", BASE_DIR / "marketplace" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_COOKIE_SAMESITE = "Lax"

# -- tasks, search, payments, mail -------------------------------------------

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "mail", "search"],
    }
}
EMBEDDED_ENGINE = embedded_engine(DATABASES["default"]["ENGINE"], VAR_DIR)
ELASTICSEARCH_URL = env.str("ELASTICSEARCH_URL", "")
SEARCH_ENGINE = search_engine(
    ELASTICSEARCH_URL, env.str("ELASTICSEARCH_PREFIX", "listings"), EMBEDDED_ENGINE
)
PAYMENTS_MODE = env.str("PAYMENTS_MODE", "")
STRIPE_KEY = env.str("STRIPE_KEY", "")
STRIPE_WEBHOOK_SECRETS: list[str] = env.list("STRIPE_WEBHOOK_SECRETS", [])
STRIPE_WEBHOOK_PATH = env.str("STRIPE_WEBHOOK_PATH", "")
STRIPE_SANDBOX_URL = env.str("STRIPE_SANDBOX_URL", "http://127.0.0.1:8001")
PAYMENTS_DEPLOYMENT = env.str("PAYMENTS_DEPLOYMENT", "local")
PAYMENT_GATEWAY = {"BACKEND": "payments.stripe_gateway.StripeGateway", "OPTIONS": {}}
ALLOW_SANDBOX_IN_DEMO = env.bool("ALLOW_SANDBOX_IN_DEMO", False)
# No payment opens for an organisation whose verification is older, in days.
VERIFICATION_FRESH_DAYS = env.int("VERIFICATION_FRESH_DAYS", 365)
# Who issues invoices and receipts; tax numbers and VAT are optional.
PROGRAMME_ISSUER = {
    "name": env.str("PROGRAMME_ISSUER_NAME", "Gesher · Jisr"),
    "address": env.str("PROGRAMME_ISSUER_ADDRESS", ""),
    "dealer_number": env.str("PROGRAMME_ISSUER_DEALER_NUMBER", ""),
    "vat_number": env.str("PROGRAMME_ISSUER_VAT_NUMBER", ""),
}
PROGRAMME_VAT_PERCENT = env.int("PROGRAMME_VAT_PERCENT", 0)
# Currency → {"holder", "bank", "iban", "bic"}, as JSON; without it no instructions.
PROGRAMME_BANK: dict[str, dict[str, str]] = dict(env.json("PROGRAMME_BANK", {}))
EMAIL_BACKEND = "marketplace.notices.backends.OutboxBackend"
DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
# The page "mail of this demo"; development only, production refuses it.
SHOW_OUTGOING_MAIL = False
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "no-reply@localhost")

# -- Wagtail ----------------------------------------------------------------

WAGTAIL_SITE_NAME = "Gesher · Jisr"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILIMAGES_IMAGE_MODEL = "cms.EditorImage"
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = [
    ("en", "English"),
    ("he", "עברית"),
    ("ar", "العربية"),
]
# The same places that members choose from.
WAGTAIL_USER_TIME_ZONES = [
    *("Asia/Jerusalem", "Asia/Hebron", "Asia/Gaza", "Asia/Amman", "Europe/Athens"),
    *("Europe/Berlin", "Europe/London", "America/New_York", "Asia/Dubai", "UTC"),
]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 8 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_EXTENSIONS = ["avif", "jpg", "jpeg", "png", "webp"]
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# -- files ------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"
# What two sides send each other; no address leads here.
PRIVATE_ROOT = VAR_DIR / "private"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "cms.storage.SiteStaticFilesStorage"},
}
FILE_UPLOAD_HANDLERS = [
    "marketplace.uploads.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {  # these tell every address they call
        "stripe": {"level": "WARNING"},
        "elastic_transport": {"level": "WARNING"},
        # They tell every letter of every document they write.
        "fontTools": {"level": "WARNING"},
        "fpdf": {"level": "WARNING"},
        # At their most talkative they tell what a photo carries about its maker, what
        # a page knows of its reader, and the words of a query.
        "PIL": {"level": "WARNING"},
        "django.template": {"level": "WARNING"},
        "django.db.backends": {"level": "WARNING"},
    },
}

# Where "leave quickly" leads: a page that says nothing about its visitor.
QUICK_EXIT_URL = env.str("QUICK_EXIT_URL", "https://www.wikipedia.org/")

BRAND_NAME = _("Gesher · Jisr")
