from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "invoicesite.desk"
    verbose_name = "Review desk"
