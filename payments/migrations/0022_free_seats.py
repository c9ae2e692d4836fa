from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0021_seat_documents'),
    ]

    operations = [
        migrations.AddField(
            model_name='plan',
            name='free_up_to',
            field=models.CharField(blank=True, choices=[('one', 'one person'), ('few', 'up to 9 people'), ('tens', 'up to 49 people')], help_text='Verified organisations that name a district here and are no larger. Such a seat runs for a year and can be taken again.', max_length=4, verbose_name='free of charge for'),
        ),
    ]
