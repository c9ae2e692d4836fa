"""The full-text tables of the embedded engine, where Django's own file is SQLite.

On another database the engine keeps a file of its own and makes them there.
"""

from django.db import migrations

TOKENS = """tokenize="unicode61 remove_diacritics 0 tokenchars '_'\""""
CREATE = (
    f"CREATE VIRTUAL TABLE search_fts USING fts5(terms, codes, meta, {TOKENS})",
    f"CREATE VIRTUAL TABLE search_needs USING fts5(terms, codes, meta, {TOKENS})",
    f"CREATE VIRTUAL TABLE search_grams USING fts5(grams, meta, {TOKENS})",
    "CREATE TABLE search_versions (id INTEGER PRIMARY KEY, version INTEGER NOT NULL)",
)
DROP = tuple(
    f"DROP TABLE {name}"
    for name in ("search_fts", "search_needs", "search_grams", "search_versions")
)


def run(statements):
    def operation(apps, schema_editor):
        if schema_editor.connection.vendor == "sqlite":
            for statement in statements:
                schema_editor.execute(statement)

    return operation


class Migration(migrations.Migration):
    dependencies = [("search", "0001_index")]
    operations = [migrations.RunPython(run(CREATE), run(DROP))]
