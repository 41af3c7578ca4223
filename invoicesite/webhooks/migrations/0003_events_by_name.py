from django.db import migrations, models

import invoicesite.webhooks.models


class Migration(migrations.Migration):
    """The events are named by a function from here on: a new one needs no migration. No SQL."""

    dependencies = [("webhooks", "0002_invoice_reopened")]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="type",
            field=models.CharField(choices=invoicesite.webhooks.models.event_types, max_length=40),
        ),
    ]
