"""Terms as packed integers: what the exact score reads instead of text.

A key is the first 60 bits of the term's BLAKE2b-64 digest. A vector is an array of
unsigned 64-bit entries ``key << 4 | min(tf, 15)``, ascending, each key once. A
packed query lists positions: a head ``alternatives << 32 | multiplicity``, then the
keys. Bytes are little-endian on every host.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from itertools import chain

MOST_TF = 15
TF_BITS = 4
_HEAD_BITS = 32
_HEAD_MASK = (1 << _HEAD_BITS) - 1


@dataclass(frozen=True, slots=True)
class Position:
    """One word asked for, by the keys of all its forms, and how often it occurs."""

    keys: tuple[int, ...]
    times: int = 1


@dataclass(frozen=True, slots=True)
class FieldStatistics:
    """Documents that have something in a field, their mean length, and df by key."""

    documents: int = 0
    mean_length: float = 0.0
    frequencies: Mapping[int, int] = field(default_factory=dict)

    def df(self, key: int) -> int:
        """In how many documents a key stands, 0 for one never seen."""
        return self.frequencies.get(key, 0)


@lru_cache(maxsize=1 << 17)
def key_of(term: str) -> int:
    """The 60-bit key under which a term is stored and counted."""
    digest = blake2b(term.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> TF_BITS


def positions_of(words: Iterable[Sequence[str]]) -> tuple[Position, ...]:
    """Equal words merged into positions, in order of first occurrence."""
    merged = Counter(tuple(dict.fromkeys(map(key_of, forms))) for forms in words)
    return tuple(Position(keys, times) for keys, times in merged.items() if keys)


def vector_of(words: Iterable[Sequence[str]]) -> array[int]:
    """Every form of every word with the number of positions that have it."""
    return _vector(Counter(chain.from_iterable(words)))


def gram_positions(grams: Iterable[str]) -> tuple[Position, ...]:
    """Equal 3-grams merged into positions of a single key each."""
    return tuple(
        Position((key_of(gram),), times) for gram, times in Counter(grams).items()
    )


def gram_vector(grams: Iterable[str]) -> array[int]:
    """Every 3-gram with its number of occurrences."""
    return _vector(Counter(grams))


def keys_in(vector: Iterable[int]) -> list[int]:
    """The keys of a vector, without their frequencies."""
    return [entry >> TF_BITS for entry in vector]


def entries_of(key: int) -> range:
    """All entries under which a vector may hold a key."""
    return range(key << TF_BITS | 1, (key << TF_BITS) + MOST_TF + 1)


def split_entry(entry: int) -> tuple[int, int]:
    """An entry's key and its frequency."""
    return entry >> TF_BITS, entry & MOST_TF


def pack(vector: array[int]) -> bytes:
    """A vector as the bytes that are stored."""
    return _little_endian(vector).tobytes()


def unpack(data: bytes | memoryview) -> array[int]:
    """The vector in stored bytes; raises ValueError when they are cut short."""
    return _little_endian(array("Q", bytes(data)))


def pack_positions(positions: Iterable[Position]) -> bytes:
    """Positions as the bytes that are stored."""
    flat = array("Q")
    for position in positions:
        flat.append(len(position.keys) << _HEAD_BITS | position.times)
        flat.extend(position.keys)
    return pack(flat)


def unpack_positions(data: bytes | memoryview) -> tuple[Position, ...]:
    """The positions in stored bytes, in the order in which they were packed."""
    flat = unpack(data)
    positions = []
    place = 0
    while place < len(flat):
        count, times = flat[place] >> _HEAD_BITS, flat[place] & _HEAD_MASK
        positions.append(Position(tuple(flat[place + 1 : place + 1 + count]), times))
        place += 1 + count
    return tuple(positions)


def _vector(counts: Mapping[str, int]) -> array[int]:
    return array(
        "Q",
        sorted(
            [
                key_of(term) << TF_BITS | (tf if tf < MOST_TF else MOST_TF)
                for term, tf in counts.items()
            ]
        ),
    )


def _little_endian(vector: array[int]) -> array[int]:
    if sys.byteorder == "little":
        return vector
    swapped = array("Q", vector)
    swapped.byteswap()
    return swapped
