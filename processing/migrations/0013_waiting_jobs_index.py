from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # CONCURRENTLY: jobs are written while it is made.
    atomic = False
    dependencies = [("processing", "0012_waiting_jobs")]

    operations = [
        AddIndexConcurrently(
            model_name="processingjob",
            index=models.Index(
                condition=models.Q(("status", "pending"), models.Q(("waits_for", ""), _negated=True)),
                fields=["waits_for"],
                name="job_waits_for",
            ),
        ),
    ]
