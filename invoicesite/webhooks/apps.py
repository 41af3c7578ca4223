from django.apps import AppConfig
from django.db.models.signals import post_migrate


class WebhooksConfig(AppConfig):
    name = "invoicesite.webhooks"
    label = "webhooks"
    verbose_name = "Webhooks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from invoicesite.webhooks import receivers
        from invoicesite.webhooks.tasks import ensure_schedule

        receivers.connect()
        post_migrate.connect(ensure_schedule, sender=self, dispatch_uid="webhooks.schedule")
