from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("webhooks", "0003_events_by_name")]

    operations = [
        migrations.CreateModel(
            name="OutboxHold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_at", models.DateTimeField(auto_now_add=True)),
                ("why", models.CharField(max_length=300)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                (
                    "released_how",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="send, or drop: what waited at the time of the hold was ended unsent.",
                        max_length=10,
                    ),
                ),
            ],
        ),
    ]
