import django.db.models.deletion
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # CONCURRENTLY: cards are written while the index is made.
    atomic = False
    dependencies = [("invoices", "0022_vendor_traits")]

    operations = [
        migrations.AddField(
            model_name="ratecard",
            name="part_of",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                help_text="The first card of the same list, where one file holds the prices of several carriers.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="parts",
                to="invoices.ratecard",
            ),
        ),
        AddIndexConcurrently(
            model_name="ratecard",
            index=models.Index(
                condition=models.Q(("part_of__isnull", False)), fields=["part_of"], name="rate_card_part_of"
            ),
        ),
    ]
