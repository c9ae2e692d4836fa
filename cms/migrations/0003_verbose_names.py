"""Words for columns: the state alone changes, no table is touched."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('cms', '0002_pages'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterModelOptions(
                    name='editorimage',
                    options={'verbose_name': 'picture', 'verbose_name_plural': 'pictures'},
                ),
                migrations.AlterModelOptions(
                    name='editorrendition',
                    options={'verbose_name': 'size of a picture', 'verbose_name_plural': 'sizes of a picture'},
                ),
            ],
        ),
    ]
