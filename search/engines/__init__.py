"""Engines that name candidates; which one runs is known to ``loader`` alone."""

from .base import Engine, EngineHealth, Query, Results, Side
from .loader import get_engine

__all__ = ["Engine", "EngineHealth", "Query", "Results", "Side", "get_engine"]
