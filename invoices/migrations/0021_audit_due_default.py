from django.db import migrations


class Migration(migrations.Migration):
    """Where 0015 was applied before it gave the column a default: the release before it writes rows without it."""

    dependencies = [("invoices", "0020_fuel_index")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE invoices_ratecard ALTER COLUMN audit_due SET DEFAULT false",
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
