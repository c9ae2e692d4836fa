"""References people copy onto a transfer: short, spoken, and safe against one slip; pure.

Eight characters of an alphabet without look-alikes, the last two a checksum: two
independent sums over a prime field (a Reed-Solomon code of distance 3 over GF(31)), so
that any two references differ in at least three places and one wrong character is
mended. What two wrong characters are mended to was given out to nobody, but for a
chance of the order of the number given out in 31⁶.
"""

import secrets

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # 31 signs: no I, L, O, 0, 1
PRIME = len(ALPHABET)
DATA, LENGTH = 6, 8
PREFIX = "GJ"


def new_reference() -> str:
    """A fresh reference, unguessable enough to tell nothing and short enough to say."""
    return with_checksum("".join(secrets.choice(ALPHABET) for _ in range(DATA)))


def with_checksum(data: str) -> str:
    """The data with the two signs that make both sums over all eight zero.

    Sum of the signs, and sum of place × sign (places from 1), both modulo 31.
    """
    digits = [ALPHABET.index(sign) for sign in data]
    plain = sum(digits) % PRIME
    weighted = sum((place + 1) * digit for place, digit in enumerate(digits)) % PRIME
    # x + y = -plain, 7x + 8y = -weighted
    y = (7 * plain - weighted) % PRIME
    x = (-plain - y) % PRIME
    return data + ALPHABET[x] + ALPHABET[y]


def spoken(reference: str) -> str:
    """As people copy it: `GJ-ABCD-EFGH`."""
    return f"{PREFIX}-{reference[:4]}-{reference[4:]}"


def read(text: str) -> str:
    """The reference meant by eight signs, mending one wrong sign; "" where none is."""
    signs = [sign for sign in text.upper() if sign.isalnum()]
    if len(signs) != LENGTH:
        return ""
    unknown = [place for place, sign in enumerate(signs) if sign not in ALPHABET]
    if len(unknown) > 1:
        return ""
    digits = [ALPHABET.find(sign) if sign in ALPHABET else 0 for sign in signs]
    plain = sum(digits) % PRIME
    weighted = sum((place + 1) * digit for place, digit in enumerate(digits)) % PRIME
    if plain == 0 and weighted == 0:
        # An unknown sign that happens to mean zero, or nothing wrong at all.
        return "".join(ALPHABET[digit] for digit in digits)
    if plain == 0:
        return ""
    place = weighted * pow(plain, -1, PRIME) % PRIME - 1
    if not 0 <= place < LENGTH or (unknown and unknown != [place]):
        return ""
    digits[place] = (digits[place] - plain) % PRIME
    return "".join(ALPHABET[digit] for digit in digits)


def find_in(text: str) -> list[str]:
    """Every reference a line of a bank's statement may hold, exact ones first.

    Banks drop hyphens and add blanks; right-to-left marks and other words stand
    around it. One wrong sign is mended only after the prefix; where the prefix itself
    is spoilt, eight signs count whose sums are right.
    """
    signs = "".join(sign for sign in text.upper() if sign.isalnum())
    exact: list[str] = []
    mended: list[str] = []
    start = signs.find(PREFIX)
    while start >= 0:
        part = signs[start + len(PREFIX) : start + len(PREFIX) + LENGTH]
        found = read(part)
        if found:
            (exact if found == part else mended).append(found)
        start = signs.find(PREFIX, start + 1)
    windows = (signs[at : at + LENGTH] for at in range(len(signs) - LENGTH + 1))
    bare = [part for part in windows if read(part) == part]
    return list(dict.fromkeys(exact + mended + bare))
