"""What a web server reads before it forks its workers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BEGIN = """
import cms.wsgi
from django.db import connections
from search import lexicon
print(callable(cms.wsgi.application), lexicon._made_of.cache_info().currsize)
print([one.connection for one in connections.all(initialized_only=True)])
"""


def begun(database: str, folder: Path) -> list[str]:
    """What a process of its own says once it has loaded the door."""
    done = subprocess.run(
        [sys.executable, "-c", BEGIN],
        cwd=ROOT,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
            "DATABASE_URL": database,
            "VAR_DIR": str(folder),
            "DEBUG": "0",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def migrated(database: str, folder: Path) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "taxonomy", "--verbosity", "0"],
        cwd=ROOT,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
            "DATABASE_URL": database,
            "VAR_DIR": str(folder),
        },
        check=True,
    )


@pytest.mark.parametrize(("is_there", "made"), [(True, "1"), (False, "0")])
def test_the_lexicon_is_made_before_workers_and_no_connection_stays(
    tmp_path, is_there, made
):
    database = f"sqlite:///{tmp_path}/site.sqlite3"
    if is_there:
        migrated(database, tmp_path)
    assert begun(database, tmp_path) == [f"True {made}", "[None]"]
