from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "invoicesite.accounts"
    label = "accounts"
    verbose_name = "Accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from invoicesite import checks as site_checks  # noqa: F401  # register themselves
        from invoicesite.accounts import checks, schema  # noqa: F401
        from invoicesite.accounts.desk_roles import ensure_desk_permissions
        from invoicesite.accounts.tasks import ensure_schedule
        from invoicesite.accounts.token_keys import use_key_ring

        use_key_ring()
        post_migrate.connect(ensure_schedule, sender=self, dispatch_uid="accounts.schedule")
        post_migrate.connect(ensure_desk_permissions, dispatch_uid="accounts.desk_roles")
