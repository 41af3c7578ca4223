import os

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProcessingConfig(AppConfig):
    name = "processing"
    verbose_name = "Processing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django_q.signals import post_spawn, pre_enqueue, pre_execute

        from processing import tracing
        from processing.forks import prepare_for_forks
        from processing.schedules import ensure_schedules
        from processing.worker import begin_worker

        post_migrate.connect(ensure_schedules, sender=self, dispatch_uid="processing.schedules")
        pre_enqueue.connect(tracing.label_task, dispatch_uid="processing.tracing")
        pre_execute.connect(tracing.bind_task, dispatch_uid="processing.tracing")
        post_spawn.connect(begin_worker, dispatch_uid="processing.worker")
        if os.environ.get("INVOICESITE_PROCESS") == "worker":
            prepare_for_forks()
