"""Rules are tried on the world of the tests of safety."""

from tests.security.built import built_once, world

__all__ = ["built_world", "world"]
built_world = built_once("package")
