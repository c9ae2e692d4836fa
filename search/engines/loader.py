"""Which engine runs, read from ``settings.SEARCH_ENGINE`` as Django reads CACHES."""

from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

from .base import Engine


@cache
def get_engine() -> Engine:
    """The site's engine, one a process; raises ImproperlyConfigured."""
    return build_engine(settings.SEARCH_ENGINE)


def build_engine(configuration: dict[str, Any]) -> Engine:
    """An engine from ``{"BACKEND": dotted path, "OPTIONS": keyword arguments}``."""
    try:
        backend = import_string(configuration["BACKEND"])
    except (ImportError, KeyError) as error:
        raise ImproperlyConfigured(
            f"SEARCH_ENGINE names no engine that can be imported: {error}"
        ) from error
    engine: Engine = backend(**configuration.get("OPTIONS", {}))
    return engine


def _forget_engine(*, setting: str, **kwargs: object) -> None:
    if setting == "SEARCH_ENGINE":
        get_engine.cache_clear()


setting_changed.connect(_forget_engine)
