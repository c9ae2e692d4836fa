"""Rules are tried on the world of the tests of safety."""

from tests.security.built import built_world, world

__all__ = ["built_world", "world"]
