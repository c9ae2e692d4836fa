import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("facilitation", "0004_draft"),
        ("introductions", "0011_bands_due"),
    ]

    operations = [
        migrations.RenameModel("Softening", "Wording"),
        migrations.RenameField("wording", "softened_at", "written_at"),
        migrations.AlterModelOptions(
            "wording",
            {
                "ordering": ["written_at", "pk"],
                "verbose_name": "wording by a facilitator",
                "verbose_name_plural": "wordings by facilitators",
            },
        ),
        migrations.AlterField(
            "wording",
            "introduction",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="wordings",
                to="introductions.introduction",
            ),
        ),
        migrations.AddField(
            "wording",
            "act",
            models.CharField(
                default="soften", max_length=7, verbose_name="kind of act"
            ),
        ),
        migrations.AddField(
            "wording",
            "after",
            models.JSONField(default=dict, verbose_name="words after"),
        ),
    ]
