"""Sealed things move to a new key, all of them; production does not start without."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.core.management import call_command

from marketplace.people import checks
from marketplace.people.actions import seal_identity
from marketplace.people.rotation import sealed_fields
from marketplace.people.sealing import unseal
from tests.factories import make_organisation, make_user


@pytest.mark.django_db
def test_after_the_rotation_the_old_key_may_go(settings):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.SEALING_KEYS = [old]
    user = make_user()
    seal_identity(user, name="Canary Name", phone="+970 59 000 0000", by=user)
    organisation = make_organisation(legal_name="Canary Ltd")
    TOTP.activate(user, "SECRET")
    settings.SEALING_KEYS = [new, old]
    call_command("rotate_sealing_keys", verbosity=0)
    settings.SEALING_KEYS = [new]
    user.legal_identity.refresh_from_db()
    organisation.refresh_from_db()
    assert user.legal_identity.name == "Canary Name"
    assert user.legal_identity.phone == "+970 59 000 0000"
    assert organisation.legal_name == "Canary Ltd"
    assert unseal(Authenticator.objects.get().data["secret"]) == "SECRET"


@pytest.mark.django_db
def test_without_its_key_a_name_cannot_be_read(settings):
    user = make_user()
    seal_identity(user, name="Canary Name", phone="", by=user)
    settings.SEALING_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(InvalidToken):
        _ = user.legal_identity.name


def test_the_rotation_knows_every_sealed_field_of_the_site():
    known = {
        (model._meta.label, name) for model, names in sealed_fields() for name in names
    }
    assert known >= {
        ("people.LegalIdentity", "sealed_name"),
        ("people.LegalIdentity", "sealed_phone"),
        ("organisations.Organisation", "sealed_legal_name"),
        ("notices.OutgoingMail", "sealed_body"),
    }
    written = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if "sealed" in field.name
    }
    assert written == known


@pytest.mark.parametrize("keys", [[], ["no key"], ["short", "other"]])
def test_production_does_not_start_without_keys_that_seal(settings, keys):
    settings.SEALING_KEYS = keys
    assert checks.sealing_keys_are_there()


def test_production_starts_with_a_key(settings):
    settings.SEALING_KEYS = [Fernet.generate_key().decode()]
    assert checks.sealing_keys_are_there() == []


@pytest.mark.parametrize(
    ("name", "value", "check"),
    [
        ("STAFF_SECOND_FACTOR_REQUIRED", False, checks.staff_show_a_second_factor),
        (
            "PASSWORD_HASHERS",
            ["django.contrib.auth.hashers.MD5PasswordHasher"],
            checks.passwords_are_hashed_slowly,
        ),
        (
            "EMAIL_BACKEND",
            "django.core.mail.backends.smtp.EmailBackend",
            checks.mail_goes_through_the_outbox,
        ),
        ("SHOW_OUTGOING_MAIL", True, checks.mail_is_not_shown),
    ],
)
def test_production_refuses_what_only_development_may(settings, name, value, check):
    setattr(settings, name, value)
    assert [error.is_serious() for error in check()] == [True]
