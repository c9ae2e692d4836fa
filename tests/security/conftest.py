"""The world that tests of safety look at."""

from tests.security.built import built_world, world

__all__ = ["built_world", "world"]
