"""Models made on demand give the schema and the rows that Django's own way gives."""

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import load_command_class
from django.core.management.commands import migrate

from cms.migrating import PatientExecutor

# Wagtail's core renames models, changes referenced fields and moves rows.
SCRIPT = """
import django
django.setup()
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db.migrations.state import ModelState
from cms.migrating import PatientExecutor
from django.db.migrations.executor import MigrationExecutor
migrate.MigrationExecutor = {executor}
made, render = [], ModelState.render
def counted(state, apps):
    made.append(state.name)
    return render(state, apps)
ModelState.render = counted
call_command(migrate.Command(), "wagtailcore", verbosity=0)
print(len(made))
"""
# Ids of content types and permissions follow the order in which sets are walked.
NAMED = {
    "django_content_type": "SELECT app_label, model FROM django_content_type",
    "auth_permission": "SELECT app_label, model, codename, name FROM auth_permission"
    " JOIN django_content_type AS type ON type.id = content_type_id",
}
NAMED |= {
    table: f"SELECT {columns}, codename FROM {table}"
    " JOIN auth_permission AS named ON named.id = permission_id"
    for table, columns in (
        ("auth_group_permissions", "group_id"),
        ("wagtailcore_grouppagepermission", "group_id, page_id"),
        ("wagtailcore_groupcollectionpermission", "group_id, collection_id"),
    )
}
CHANGING = re.compile(r"'[0-9a-f]{32}'|'\d{4}-\d\d-\d\d [\d:.]+'")


@pytest.fixture(scope="module")
def migrated(tmp_path_factory) -> dict[str, tuple[int, Path]]:
    """Models made and the database, by the name of the executor."""
    running = {}
    for executor in ("MigrationExecutor", "PatientExecutor"):
        folder = tmp_path_factory.mktemp(executor)
        environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
            "VAR_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "cms.settings.test",
            "PYTHONPATH": str(settings.BASE_DIR),
            "PYTHONHASHSEED": "0",
        }
        process = subprocess.Popen(
            [sys.executable, "-c", SCRIPT.format(executor=executor)],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        running[executor] = process, folder / "site.sqlite3"
    done = {}
    for executor, (process, database) in running.items():
        made, _errors = process.communicate(timeout=300)
        assert process.returncode == 0, executor
        done[executor] = int(made), database
    return done


def _schema_and_rows(path: Path) -> tuple[dict[str, str], dict[str, list[str]]]:
    connection = sqlite3.connect(path)
    schema = dict(connection.execute("SELECT name, sql FROM sqlite_master"))
    tables = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        )
        if name not in ("django_migrations", "sqlite_sequence")
    ]
    rows = {
        name: sorted(
            CHANGING.sub("…", repr(row))
            for row in connection.execute(NAMED.get(name, f'SELECT * FROM "{name}"'))
        )
        for name in tables
    }
    connection.close()
    return schema, rows


def test_schema_and_rows_are_those_of_djangos_executor(migrated):
    schema, rows = _schema_and_rows(migrated["MigrationExecutor"][1])
    patient_schema, patient_rows = _schema_and_rows(migrated["PatientExecutor"][1])
    assert len(schema) > 100
    assert patient_schema == schema
    assert patient_rows == rows


def test_a_fraction_of_the_models_is_made(migrated):
    usual, patient = (
        migrated[name][0] for name in ("MigrationExecutor", "PatientExecutor")
    )
    assert patient < usual / 2


def test_the_command_of_this_site_uses_it():
    load_command_class("cms", "migrate")
    assert migrate.MigrationExecutor is PatientExecutor
