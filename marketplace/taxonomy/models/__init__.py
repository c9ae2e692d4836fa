"""The shared vocabulary: sectors, kinds of help, districts, countries, trade words."""

from .capabilities import Capability
from .lexicon import LexiconEntry
from .named import Named, reader_language
from .places import Country, Place, districts_around
from .rates import ExchangeRate
from .sectors import Sector

__all__ = [
    "Capability",
    "Country",
    "ExchangeRate",
    "LexiconEntry",
    "Named",
    "Place",
    "Sector",
    "districts_around",
    "reader_language",
]
