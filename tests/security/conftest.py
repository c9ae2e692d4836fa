"""The world that tests of safety look at."""

import pytest

from tests.security.built import built_once, world
from tests.security.people import log_everybody_in

__all__ = ["built_world", "world"]
built_world = built_once("package")


@pytest.fixture(scope="package", autouse=True)
def _outermost(built_world, django_db_blocker) -> None:
    """What a module builds besides stands inside the transaction of the world."""
    with django_db_blocker.unblock():
        log_everybody_in(built_world[0])
