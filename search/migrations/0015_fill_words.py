"""The words of listings that are in the index already."""

from django.db import migrations

BATCH = 1_000
ARTICLE = "ال"  # hides how half of all Arabic words begin


def beginning_of(word):
    rest = word.removeprefix(ARTICLE) if len(word) > len(ARTICLE) else word
    return rest[:2]


def fill(apps, schema_editor):
    words = set()
    rows = apps.get_model("search", "IndexedListing").objects.values_list(
        "offer_terms", "need_terms"
    )
    for terms in rows.iterator(chunk_size=BATCH):
        # The forms of a word stand apart by "/", its spelling first.
        words.update(form.partition("/")[0] for text in terms for form in text.split())
    word = apps.get_model("search", "IndexedWord")
    word.objects.bulk_create(
        [word(spelling=one, beginning=beginning_of(one), ending=one[-2:]) for one in sorted(words)],
        batch_size=BATCH,
        ignore_conflicts=True,  # backwards leaves them
    )


class Migration(migrations.Migration):
    dependencies = [("search", "0014_words_of_index")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
