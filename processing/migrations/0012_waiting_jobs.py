from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("processing", "0011_ledger_functions")]

    operations = [
        migrations.AddField(
            model_name="processingjob",
            name="waits_for",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="The breaker of what is away meanwhile.",
                max_length=250,
            ),
        ),
        migrations.AddField(
            model_name="processingjob",
            name="deferred_since",
            field=models.DateTimeField(
                blank=True,
                help_text="Since when it waits for what is away; this has a bound.",
                null=True,
            ),
        ),
    ]
