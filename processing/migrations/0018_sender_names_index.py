from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # CONCURRENTLY: jobs are written while it is made.
    atomic = False
    dependencies = [("processing", "0017_sender_names")]

    operations = [
        AddIndexConcurrently(
            model_name="processingjob",
            index=models.Index(
                condition=models.Q(("external_id", ""), _negated=True),
                fields=["external_id"],
                name="job_external_id",
            ),
        ),
    ]
