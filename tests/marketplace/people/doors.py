"""Going through the doors of the site as a visitor does."""

from allauth.account.models import EmailAddress
from django.test import Client

from marketplace.people.models import User
from tests.factories import make_user

PASSWORD = "correct horse"  # what the factory gives everybody
AFTER = "/en/settings/"


def make_member(**fields: object) -> User:
    """Somebody whose address is confirmed."""
    user = make_user(**fields)
    EmailAddress.objects.create(
        user=user, email=user.email, primary=True, verified=True
    )
    return user


def log_in(client: Client, user: User) -> Client:
    """By password, and asked for it once more just now."""
    words = {"login": user.email, "password": PASSWORD, "next": AFTER}
    client.post("/en/accounts/login/", words)
    client.post("/en/accounts/reauthenticate/", {"password": PASSWORD, "next": AFTER})
    assert client.session["account_authentication_methods"][-1]["reauthenticated"]
    return client
