"""The forms of allauth with this site's words, and without telling who is a member."""

import uuid
from typing import Any

from allauth.account import forms as account
from allauth.account.models import EmailAddress
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from .models import User


class OurWords(forms.Form):
    """Labels above the fields; nothing that vanishes when one begins to type."""

    labels = {
        "login": _("E-mail"),
        "email": _("E-mail"),
        "password": _("Password"),
        "password1": _("Password"),
        "password2": _("Password, once more"),
        "oldpassword": _("Present password"),
        "remember": _("Keep me logged in on this device"),
        "code": _("Code"),
        "name": _("Name of the key"),
        "passwordless": _("Log in with this key alone"),
    }
    helps = {
        "remember": _("Not on a device that others use."),
        "passwordless": _("The key then asks for your finger, your face or a PIN."),
        "name": _("Only you see it, for example “telephone” or “office”."),
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")
            if name in ("login", "email", "code"):
                field.widget.attrs["dir"] = "ltr"
            if name == "code":
                field.widget.attrs["inputmode"] = "numeric"

    def show_password_rules(self) -> None:
        """Say beforehand what a password needs."""
        self.fields["password1"].help_text = _(
            "At least ten characters: several words are easy to remember. Not only "
            "digits, no password that many use, nothing like your address."
        )


class LoginForm(OurWords, account.LoginForm):
    def clean(self) -> dict[str, Any] | None:
        """Ask for a member as long as for a stranger.

        allauth looks among the members where it finds no confirmed address; to look
        for both in both cases keeps the time from telling which one it was.
        """
        email = self.cleaned_data.get("login", "")
        known = EmailAddress.objects.filter(email=email.lower(), verified=True)
        if known.exists():
            list(User.objects.filter(email=email).values_list("pk", flat=True))
        return super().clean()


class SignupForm(OurWords, account.SignupForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.show_password_rules()

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Do the work of a new account also where there is one already.

        Hashing a password and writing rows would otherwise tell members from
        strangers by the time they take.
        """
        email = self.cleaned_data["email"]
        if self.account_already_exists:
            self._work_in_vain(request)
        # What was rolled back never reached the disk; this does, and changes nothing.
        # It is asked for a new address, too, so that both ask the same.
        User.objects.filter(email=email).update(date_joined=F("date_joined"))
        return super().try_save(request)

    def _work_in_vain(self, request: HttpRequest) -> None:
        email = self.cleaned_data["email"]
        self.account_already_exists = False
        self.cleaned_data["email"] = f"{uuid.uuid4()}@blank.invalid"
        with transaction.atomic():
            self.save(request)
            transaction.set_rollback(True)
        self.account_already_exists = True
        self.cleaned_data["email"] = email


class ResetPasswordForm(OurWords, account.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(OurWords, account.ResetPasswordKeyForm):
    labels = OurWords.labels | {"password1": _("New password")}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.show_password_rules()


class ChangePasswordForm(OurWords, account.ChangePasswordForm):
    labels = OurWords.labels | {"password1": _("New password")}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.show_password_rules()


class SetPasswordForm(OurWords, account.SetPasswordForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.show_password_rules()


class AddEmailForm(OurWords, account.AddEmailForm):
    labels = OurWords.labels | {"email": _("New e-mail address")}


class ReauthenticateForm(OurWords, account.ReauthenticateForm):
    pass


class AuthenticateForm(OurWords, mfa.AuthenticateForm):
    helps = {"code": _("From your authenticator app, or a recovery code.")}


class ReauthenticateByCodeForm(OurWords, mfa.ReauthenticateForm):
    helps = {"code": _("From your authenticator app, or a recovery code.")}


class ActivateTOTPForm(OurWords, totp.ActivateTOTPForm):
    helps = {"code": _("The six digits your app shows now.")}


class AddKeyForm(OurWords, webauthn.AddWebAuthnForm):
    pass


class EditKeyForm(OurWords, webauthn.EditWebAuthnForm):
    pass
