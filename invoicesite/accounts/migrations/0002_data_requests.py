from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_history = import_module("invoices.migrations.0027_history_chain")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_accounts"),
        ("invoices", "0027_history_chain"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DataRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "action",
                    models.CharField(choices=[("export", "exported"), ("erase", "erased")], max_length=10),
                ),
                ("why", models.CharField(max_length=1000)),
                ("told", models.JSONField(help_text="Rows by their kind; what was kept has its reason.")),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "person",
                    models.ForeignKey(
                        help_text="Whose data, by its number.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["-made_at", "-id"]},
        ),
        migrations.RunSQL(
            _history.guarded("accounts_datarequest"), _history.unguarded("accounts_datarequest")
        ),
    ]
