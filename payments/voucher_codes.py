"""Codes of vouchers: sixteen signs from a sure source, of which only a hash is kept; pure.

With 31¹⁶ codes (79 bits) guessing is hopeless, and so the hash needs no salt.
"""

import hashlib
import secrets

from payments.references import ALPHABET

LENGTH, GROUP = 16, 4


def new_code() -> str:
    """A fresh code as people write it: `ABCD-EFGH-JKMN-PQRS`."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(signs[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def hash_of(code: str) -> str:
    """SHA-256 of the signs alone: case, hyphens and blanks make no difference."""
    signs = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(signs.encode()).hexdigest()
