from django.db import migrations


class Migration(migrations.Migration):
    """Ventures have wordings, too, of their texts; one word meant two things."""

    dependencies = [("introductions", "0013_left")]

    operations = [migrations.RenameModel("Wording", "DraftWording")]
