from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("invoices", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="invoice",
            name="document_type",
            field=models.CharField(
                choices=[
                    ("invoice", "invoice"),
                    ("credit_note", "credit note"),
                    ("corrected_invoice", "corrected invoice"),
                    ("self_billed_invoice", "self-billed invoice"),
                ],
                default="invoice",
                max_length=24,
            ),
        ),
    ]
