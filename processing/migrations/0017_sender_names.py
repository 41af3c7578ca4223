from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("processing", "0016_histories")]

    operations = [
        migrations.AddField(
            model_name="processingjob",
            name="external_id",
            field=models.CharField(
                blank=True, db_default="", default="", help_text="What the sender calls the document.", max_length=200
            ),
        ),
        migrations.AddField(
            model_name="processingjob",
            name="metadata",
            field=models.JSONField(
                blank=True, db_default={}, default=dict, help_text="The sender's own names and texts."
            ),
        ),
    ]
