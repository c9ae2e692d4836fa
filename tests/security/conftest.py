"""The world that tests of safety look at."""

import pytest

from tests.security.built import built_once, world

__all__ = ["built_world", "world"]
built_world = built_once("package")


@pytest.fixture(scope="package", autouse=True)
def _outermost(built_world) -> None:
    """What a module builds besides stands inside the transaction of the world."""
