"""Sealing of the few fields that may never lie open in the database."""

from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


@lru_cache(maxsize=1)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(text: str) -> str:
    """Encrypt with the newest key; an empty text stays empty."""
    return (
        _box(tuple(settings.SEALING_KEYS)).encrypt(text.encode()).decode()
        if text
        else ""
    )


def unseal(sealed: str) -> str:
    """Read what `seal` wrote; raises `cryptography.fernet.InvalidToken` without its key."""
    return (
        _box(tuple(settings.SEALING_KEYS)).decrypt(sealed.encode()).decode()
        if sealed
        else ""
    )


def reseal(sealed: str) -> str:
    """Move a sealed text to the newest key."""
    return (
        _box(tuple(settings.SEALING_KEYS)).rotate(sealed.encode()).decode()
        if sealed
        else ""
    )
