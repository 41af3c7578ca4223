from django.apps import AppConfig
from django.db.models.signals import post_migrate


class BackupsConfig(AppConfig):
    name = "invoicesite.backups"
    verbose_name = "Backups"

    def ready(self) -> None:
        from invoicesite.backups.tasks import ensure_schedule

        post_migrate.connect(ensure_schedule, sender=self, dispatch_uid="backups.schedule")
