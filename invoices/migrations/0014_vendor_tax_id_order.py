from django.db import migrations, models
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    dependencies = [("invoices", "0013_vendor_name_key")]

    operations = [
        migrations.AddIndex(
            model_name="invoice",
            index=models.Index(
                Upper("vendor_tax_id"), models.F("total_amount"), models.F("id"), name="invoice_tax_id_total"
            ),
        ),
        # What the planner knows of an expression, it counts when it counts the table.
        migrations.RunSQL("ANALYZE invoices_invoice", migrations.RunSQL.noop),
    ]
