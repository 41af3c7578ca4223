from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("processing", "0013_waiting_jobs_index")]

    operations = [
        migrations.AddField(
            model_name="inboundsource",
            name="previous_secret",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name="inboundsource",
            name="previous_secret_until",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
