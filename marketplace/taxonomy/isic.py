"""The arithmetic of ISIC Rev. 4 codes: levels, ancestors, and what covers what.

A class `1040` stands in group `104`, that in division `10`, that in section `C`.
All but the section can be read off the digits; the section comes from the table of
the standard (United Nations, ISIC Rev. 4, 2008). No database is asked.
"""

# First and last division of each section; the numbers between them not given to a
# division (04, 34, 40, …) do not exist in the standard.
DIVISIONS_OF_SECTION: dict[str, tuple[int, int]] = {
    "A": (1, 3),
    "B": (5, 9),
    "C": (10, 33),
    "D": (35, 35),
    "E": (36, 39),
    "F": (41, 43),
    "G": (45, 47),
    "H": (49, 53),
    "I": (55, 56),
    "J": (58, 63),
    "K": (64, 66),
    "L": (68, 68),
    "M": (69, 75),
    "N": (77, 82),
    "O": (84, 84),
    "P": (85, 85),
    "Q": (86, 88),
    "R": (90, 93),
    "S": (94, 96),
    "T": (97, 98),
    "U": (99, 99),
}
SECTION_OF_DIVISION: dict[str, str] = {
    f"{number:02d}": section
    for section, (first, last) in DIVISIONS_OF_SECTION.items()
    for number in range(first, last + 1)
}
LEVELS = ("section", "division", "group", "class")


def level_of(code: str) -> str:
    """How fine a code is: one of `LEVELS`.

    Raises `ValueError` for what cannot be an ISIC code at all.
    """
    if code in DIVISIONS_OF_SECTION:
        return "section"
    # isdecimal() alone would let Arabic digits through
    digits = code.isascii() and code.isdecimal()
    if digits and len(code) <= 4 and code[:2] in SECTION_OF_DIVISION:
        return LEVELS[len(code) - 1]
    raise ValueError(f"not an ISIC code: {code!r}")


def ancestors_of(code: str) -> tuple[str, ...]:
    """The codes a code stands under, nearest first: `1040` → `104`, `10`, `C`.

    Raises `ValueError` for what cannot be an ISIC code.
    """
    if level_of(code) == "section":
        return ()
    shorter = tuple(code[:length] for length in range(len(code) - 1, 1, -1))
    return (*shorter, SECTION_OF_DIVISION[code[:2]])


def covers(wide: str, narrow: str) -> bool:
    """Whether `narrow` is `wide` itself or stands somewhere below it."""
    return wide == narrow or wide in ancestors_of(narrow)
