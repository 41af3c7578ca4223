import os

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProcessingConfig(AppConfig):
    name = "processing"
    verbose_name = "Processing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django_q.signals import pre_enqueue, pre_execute

        from invoices.events import invoice_event, prices_changed, rate_card_event, rate_card_rejected
        from invoices.origins import Origin, tell_origin
        from processing import checks  # noqa: F401 (registers itself)
        from processing.pipeline.audits import wake_audit
        from processing.pipeline.memory import learn_from
        from processing.services.layout_plans import forget_rejected, remember_approved
        from processing.workers import tracing
        from processing.workers.schedules import ensure_schedules

        tell_origin(
            Origin(document="document", jobs="document__jobs", map_card_page="admin:processing_document_map_card")
        )
        post_migrate.connect(ensure_schedules, sender=self, dispatch_uid="processing.workers.schedules")
        pre_enqueue.connect(tracing.label_task, dispatch_uid="processing.workers.tracing")
        pre_execute.connect(tracing.bind_task, dispatch_uid="processing.workers.tracing")
        rate_card_event.connect(remember_approved, dispatch_uid="processing.layout_plans")
        invoice_event.connect(learn_from, dispatch_uid="processing.pipeline.memory")
        prices_changed.connect(wake_audit, dispatch_uid="processing.pipeline.audits")
        rate_card_rejected.connect(forget_rejected, dispatch_uid="processing.layout_plans.rejected")
        if os.environ.get("INVOICESITE_PROCESS") == "cluster":
            # Loaded before the workers are forked, so that they share its memory; other commands start without it.
            from processing.workers.forks import prepare_cluster

            prepare_cluster()
