"""Engines that name candidates; which one runs is known to ``loader`` alone."""

from .base import Engine, EngineHealth, Results
from .loader import NAMES, engines, get_engine, scratch_engine

__all__ = [
    "NAMES",
    "Engine",
    "EngineHealth",
    "Results",
    "engines",
    "get_engine",
    "scratch_engine",
]
