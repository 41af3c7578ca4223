from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_history = import_module("invoices.migrations.0027_history_chain")


class Migration(migrations.Migration):
    dependencies = [
        ("processing", "0015_month_of_the_database"),
        ("invoices", "0027_history_chain"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HoldChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "held",
                    models.BooleanField(help_text="What was decided: true keeps the file, whatever retention says."),
                ),
                ("why", models.CharField(max_length=1000)),
                ("changed_at", models.DateTimeField(auto_now_add=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hold_changes",
                        to="processing.document",
                    ),
                ),
            ],
            options={"ordering": ["-changed_at", "-id"]},
        ),
        # A person who is erased leaves the history of ceilings without a name.
        migrations.RunSQL(
            _history.guarded("processing_holdchange")
            + _history.guarded("processing_budgetchange", "user_id", "username"),
            _history.unguarded("processing_holdchange") + _history.unguarded("processing_budgetchange"),
        ),
    ]
