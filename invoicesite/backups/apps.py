from django.apps import AppConfig


class BackupsConfig(AppConfig):
    name = "invoicesite.backups"
    verbose_name = "Backups"
