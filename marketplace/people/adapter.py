"""How allauth signs people in here: its words, its mails, its languages."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .languages import likely_time_zone, path_in_language, remember_language
from .models import User

# The outbox keeps a mail with this header as a row and sends it to nobody.
BLANK_HEADER = "X-Outbox-Blank"
UNKNOWN, KNOWN = "account/email/unknown_account", "account/email/password_reset_key"
# Parts of a mail that lead to pages of the site.
ADDRESSES = ("activate_url", "password_reset_url", "signup_url", "security_url")
# The one number that no member has.
NOBODY = 0


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "email_password_mismatch": _("E-mail and password do not fit together."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("This code is not right, or no longer right."),
        "incorrect_password": _("This password is not right."),
        "invalid_password_reset": _("This link is not valid, or was used before."),
        "rate_limited": _("Too many tries. Please wait a few minutes."),
        "same_as_current": _("This is already your address."),
        "duplicate_email": _("This is already your address."),
        "too_many_login_attempts": _(
            "Too many tries. Wait an hour, use a passkey, or ask for a new password."
        ),
    }

    def new_user(self, request: HttpRequest) -> User:
        """A new member reads in the language of the sign-up page."""
        language = (get_language() or "en")[:2]
        return User(language=language, time_zone=likely_time_zone(language))

    def post_login(
        self, request: HttpRequest, user: User, **kwargs: Any
    ) -> HttpResponse:
        """Go on in the member's own language."""
        response = super().post_login(request, user, **kwargs)
        if response.has_header("Location"):
            response["Location"] = path_in_language(response["Location"], user.language)
        remember_language(response, user.language)
        return response

    def send_mail(
        self, template_prefix: str, email: str, context: Mapping[str, Any]
    ) -> None:
        """Write in the reader's language; an unknown address costs the same work.

        The mail for an unknown address is rendered and kept like the one a member
        gets, and reaches nobody.
        """
        is_blank = template_prefix == UNKNOWN
        words = {"email": email, **context}
        reader = context.get("user")
        if reader is None and not is_blank:
            reader = User.objects.filter(email__iexact=email).first()
        if is_blank:
            template_prefix = KNOWN
            words["password_reset_url"] = self._blank_reset_url(email)
        language = reader.language if reader else get_language() or "en"
        for name in ADDRESSES:
            if name in words:
                words[name] = at_home(path_in_language(words[name], language))
        headers = {BLANK_HEADER: "1"} if is_blank else None
        with translation.override(language):
            self.render_mail(template_prefix, email, words, headers).send()

    def _blank_reset_url(self, email: str) -> str:
        """A link as long as a real one, made by the same work, and good for nothing."""
        addresses = EmailAddress.objects.filter(user_id=NOBODY)
        list(addresses.filter(email=email).values_list("pk", flat=True))
        list(addresses.values_list("email", flat=True))
        token = PasswordResetTokenGenerator().make_token(User(pk=NOBODY, email=email))
        return self.get_reset_password_from_key_url(f"{NOBODY}-{token}")

    def send_notification_mail(
        self, template_prefix: str, user: User, context: Any = None, email: Any = None
    ) -> None:
        """Tell a member of a change to the account, without address or browser."""
        address = email or EmailAddress.objects.get_primary_email(user) or user.email
        words = {
            "user": user,
            "security_url": urljoin(settings.SITE_URL, reverse("people:settings")),
            **(context or {}),
        }
        self.send_mail(template_prefix, address, words)

    def get_user_search_fields(self) -> list[str]:
        return ["alias"]


def at_home(address: str) -> str:
    """The same page under the site's own name, whatever name the request came by.

    Who asks for a mail to somebody else chooses the name; a link with a secret in it
    must not lead there.
    """
    page = urlsplit(address)._replace(scheme="", netloc="").geturl()
    return urljoin(settings.SITE_URL, page)


def display_name(user: User) -> str:
    """allauth shows the alias where it would show an address."""
    return str(user)
