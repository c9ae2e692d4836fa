"""3-grams of every listing are no longer kept, where Django's own file holds them."""

from django.db import migrations

TOKENS = """tokenize="unicode61 remove_diacritics 0 tokenchars '_'\""""
TABLES = ("search_grams", "search_grams_next")  # the second of a rebuild cut short
DROP = [f"DROP TABLE IF EXISTS {table}" for table in TABLES]
CREATE = [f"CREATE VIRTUAL TABLE search_grams USING fts5(grams, meta, {TOKENS})"]


def run(statements):
    def operation(apps, schema_editor):
        if schema_editor.connection.vendor == "sqlite":
            for statement in statements:
                schema_editor.execute(statement)

    return operation


class Migration(migrations.Migration):
    dependencies = [("search", "0015_fill_words")]
    operations = [migrations.RunPython(run(DROP), run(CREATE))]
