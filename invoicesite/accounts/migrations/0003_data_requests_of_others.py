import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_data_requests")]

    operations = [
        migrations.AlterField(
            "datarequest",
            "person",
            models.ForeignKey(
                help_text="Whose data, by its number; none: somebody whom documents name.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        )
    ]
