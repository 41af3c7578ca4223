from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "invoicesite.monitoring"
    label = "monitoring"
    verbose_name = "Monitoring"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.core.signals import request_finished
        from django_q.signals import post_execute_in_worker

        from common.telemetry.catalogue import METRICS
        from common.telemetry.counters import begin_at_zero
        from common.telemetry.pools import tell_pools
        from invoices.events import invoice_event
        from invoicesite.monitoring.alerts.watching import start_watching
        from invoicesite.monitoring.counting import on_invoice
        from invoicesite.monitoring.runs import note_task
        from invoicesite.monitoring.scraping import serve_metrics
        from invoicesite.tracing import configure_tracing
        from processing.events import work_started

        configure_tracing()
        for metric in METRICS:
            begin_at_zero(metric)
        request_finished.connect(tell_pools, dispatch_uid="monitoring.pools")
        post_execute_in_worker.connect(note_task, dispatch_uid="monitoring.runs")
        invoice_event.connect(on_invoice, dispatch_uid="monitoring.counting")
        work_started.connect(serve_metrics, dispatch_uid="monitoring.scraping")
        work_started.connect(start_watching, dispatch_uid="monitoring.watching")
