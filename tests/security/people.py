"""Who asks: the kinds of people of the role table, and their log-ins."""

from types import SimpleNamespace

from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    record_authentication,
)
from django.test import Client

from marketplace.people.models import User
from tests.security.world import World

PARTIES = ("owner", "stranger", "interested", "mutual", "partner")
STAFF = ("reviewer", "finance", "editor", "superuser")
# Each answers like somebody of the table: who has left or was closed out, who never
# confirmed the address, who acts for an organisation that has met nobody, and who may
# do everything as staff and has not shown the second factor.
ALIKE = {
    "former": "loner",
    "closed": "anonymous",
    "unverified": "anonymous",
    "bystander": "stranger",
    "unproven": "loner",
}
VIEWERS = ("anonymous", "loner", *PARTIES, *STAFF, *ALIKE)


def user_of(world: World, viewer: str):
    if viewer == "anonymous":
        return None
    if viewer in PARTIES:
        return getattr(world, viewer).user
    if viewer == "unproven":
        return world.staff["superuser"]
    if viewer in ALIKE:
        return world.others[viewer]
    return world.loner if viewer == "loner" else world.staff[viewer]


def sign_in(browser: Client, world: World, viewer: str) -> None:
    """Log somebody in; staff with the second factor, without which they are none."""
    user = user_of(world, viewer)
    browser.force_login(user)
    if viewer in STAFF:
        show_factor(browser, user)


def show_factor(browser: Client, user: User) -> None:
    """Shown in this log-in session, and too long ago to stand for a password."""
    session = browser.session
    record_authentication(SimpleNamespace(session=session), user, "mfa")
    session[AUTHENTICATION_METHODS_SESSION_KEY][-1]["at"] -= 3600
    session.save()


def log_everybody_in(world: World) -> None:
    """One log-in session for each viewer, kept with the world that is built once."""
    for name in VIEWERS:
        browser = Client()
        if name != "unverified" and user_of(world, name) is not None:
            sign_in(browser, world, name)
        world.logins[name] = cookies_of(browser)


def cookies_of(browser: Client) -> dict[str, str]:
    return {name: each.value for name, each in browser.cookies.items()}
