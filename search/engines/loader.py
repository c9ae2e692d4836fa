"""Which engines run, read from ``settings.SEARCH_ENGINE`` as Django reads CACHES.

``FALLBACK`` names a second engine in the same form, which may have one of its own.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.utils import timezone
from django.utils.module_loading import import_string

from search.models import IndexChange

from .base import Engine
from .fallback import FallbackEngine

PATIENCE = timedelta(seconds=60)
"""A change that another engine took in so long ago should be everywhere by now."""


@cache
def get_engine() -> Engine:
    """The engine that answers, one a process; raises ImproperlyConfigured."""
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
    reserve = configuration.get("FALLBACK")
    if reserve is None:
        return engine
    fallback = build_engine(reserve)
    if not engine.is_remote:
        return FallbackEngine(engine, fallback)
    return FallbackEngine(engine, fallback, lags=partial(_lags, engine.name))


def engines() -> dict[str, Engine]:
    """Every engine to be kept filled, by name: the one that answers and its reserves."""
    return {engine.name: engine for engine in _parts(get_engine())}


def _parts(engine: Engine) -> Iterator[Engine]:
    if isinstance(engine, FallbackEngine):
        yield from _parts(engine.primary)
        yield from _parts(engine.fallback)
    else:
        yield engine


def _lags(name: str) -> bool:
    """Whether an engine misses what others have long taken in."""
    since = timezone.now() - PATIENCE
    return (
        IndexChange.objects.held_by_others_than(name)
        .filter(created_at__lt=since)
        .exists()
    )


def _forget_engine(*, setting: str, **kwargs: object) -> None:
    if setting == "SEARCH_ENGINE":
        get_engine.cache_clear()


setting_changed.connect(_forget_engine)
