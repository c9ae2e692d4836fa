"""3-grams of every listing are no longer kept, where Django's own file holds them."""

from django.db import migrations

TOKENS = """tokenize="unicode61 remove_diacritics 0 tokenchars '_'\""""
DROP = "DROP TABLE IF EXISTS search_grams"
CREATE = f"CREATE VIRTUAL TABLE search_grams USING fts5(grams, meta, {TOKENS})"


def run(statement):
    def operation(apps, schema_editor):
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(statement)

    return operation


class Migration(migrations.Migration):
    dependencies = [("search", "0015_fill_words")]
    operations = [migrations.RunPython(run(DROP), run(CREATE))]
