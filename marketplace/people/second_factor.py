"""Second factors: how their secrets are kept and shown, and whether one was used."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from qrcode.main import QRCode

from .models import Discretion, User
from .sealing import seal, unseal

# Recovery codes stand in for a lost factor; alone they are none.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or no longer right."),
        "unverified_email": _("Confirm your e-mail address first."),
        "cannot_delete_authenticator": _("This second factor cannot be removed."),
        "cannot_generate_recovery_codes": _(
            "Recovery codes come with a second factor: add one first."
        ),
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def get_totp_label(self, user: User) -> str:
        """What an authenticator app shows: the alias, as telephones lie about."""
        return str(user)

    def get_totp_issuer(self) -> str:
        return str(settings.BRAND_NAME)

    def build_totp_url(self, user: User, secret: str) -> str:
        """The address in the picture; the most discreet do not name the site."""
        url = super().build_totp_url(user, secret)
        if user.discretion >= Discretion.DISCREET:
            return url.partition("?")[0] + f"?secret={secret}"
        return url

    def build_totp_svg(self, url: str) -> str:
        """The outline of the QR picture as path data in a square of 100 units.

        Path data only, so that the template writes the picture itself and neither
        an image address nor unescaped markup is needed.
        """
        code = QRCode(border=4)
        code.add_data(url)
        code.make()
        rows = code.get_matrix()
        unit = 100 / len(rows)
        return "".join(
            f"M{x * unit:.3f} {y * unit:.3f}h{unit:.3f}v{unit:.3f}h-{unit:.3f}z"
            for y, row in enumerate(rows)
            for x, is_dark in enumerate(row)
            if is_dark
        )

    def generate_authenticator_name(self, user: User, type: str) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return str(_("Key %(number)s")) % {"number": number}


def page_to_show_factor(user: User | AnonymousUser) -> str | None:
    """The name of the page that asks for this person's factor; None without one."""
    types = set(
        Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).values_list(
            "type", flat=True
        )
    )
    if Authenticator.Type.TOTP in types:
        return "mfa_reauthenticate"
    return "mfa_reauthenticate_webauthn" if types else None


def may_act_as_staff(request: HttpRequest) -> bool:
    """Whether rights of staff count in this log-in session: not before the factor."""
    return not settings.STAFF_SECOND_FACTOR_REQUIRED or used_second_factor(request)


def used_second_factor(request: HttpRequest) -> bool:
    """Was a second factor shown in this log-in session?"""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)
