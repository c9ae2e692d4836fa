"""Engines that name candidates; which one runs is known to ``loader`` alone."""

from .base import Engine, EngineHealth, Results
from .loader import engines, get_engine

__all__ = ["Engine", "EngineHealth", "Results", "engines", "get_engine"]
