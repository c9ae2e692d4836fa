"""Compiles the translations, so that nobody needs gettext to run the site."""

from pathlib import Path

import polib

PATTERNS = ("*", "*/*")  # apps at the root, and rooms one step below


def catalogues_in(base: Path) -> list[Path]:
    """Every .po file of the project, in a fixed order."""
    return sorted(
        path
        for pattern in PATTERNS
        for path in base.glob(f"{pattern}/locale/*/LC_MESSAGES/django.po")
    )


def compile_catalogues(base: Path) -> int:
    """Write the .mo beside each .po that is newer; answers how many were written."""
    written = 0
    for path in catalogues_in(base):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        # Written aside and moved: a test run beside this one may be reading it.
        aside = target.with_suffix(".mo.new")
        polib.pofile(str(path)).save_as_mofile(str(aside))
        aside.replace(target)
        written += 1
    return written
