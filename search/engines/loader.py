"""Which engines run, read from ``settings.SEARCH_ENGINE`` as Django reads CACHES.

``FALLBACK`` names a second engine in the same form, which may have one of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.utils import timezone
from django.utils.module_loading import import_string

from search.models import IndexChange

from .base import Engine
from .fallback import FallbackEngine

_BY_NAME = {
    "embedded": "search.engines.embedded.engine.EmbeddedEngine",
    "elasticsearch": "search.engines.elasticsearch.engine.ElasticsearchEngine",
}
NAMES = tuple(_BY_NAME)
"""Engines that hold an index of their own."""
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


@contextmanager
def scratch_engine(name: str, folder: Path) -> Iterator[Engine]:
    """An engine of this name with an empty index of its own, removed at the end.

    Raises ImproperlyConfigured for Elasticsearch if the site names no server.
    """
    if name == "embedded":
        options: dict[str, Any] = {"PATH": folder / "engine.sqlite3"}
    elif url := settings.ELASTICSEARCH_URL:
        # As patient as a measurement needs: a slow answer counts, and is no failure.
        options = {"URL": url, "PREFIX": f"scratch-{uuid4().hex[:10]}", "TIMEOUT": 10}
    else:
        raise ImproperlyConfigured("ELASTICSEARCH_URL names no server.")
    engine = import_string(_BY_NAME[name])(**options)
    engine.rebuild([])
    try:
        yield engine
    finally:
        engine.forget()


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
