"""Reads of the pipeline. Who sees what is decided here and nowhere else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Now

from common.errors import NotFound
from common.roles import role_names, sees_everything
from processing.models import Batch, Budget, Document, HoldChange, ProcessingJob, WorkerHeartbeat
from processing.models.worker import BEAT_SECONDS


def documents_for(user: Any) -> QuerySet[Document]:
    """The documents that this user may see: own ones, or all for staff and admins."""
    if not getattr(user, "is_authenticated", False):
        return Document.objects.none()
    documents = Document.objects.all()
    return documents if sees_everything(user) else documents.filter(owner_id=user.pk)


def jobs_for(user: Any) -> QuerySet[ProcessingJob]:
    """The jobs of the documents that this user may see."""
    if not getattr(user, "is_authenticated", False):
        return ProcessingJob.objects.none()
    jobs = ProcessingJob.objects.all()
    return jobs if sees_everything(user) else jobs.filter(document__owner_id=user.pk)


def batches_for(user: Any) -> QuerySet[Batch]:
    """The batches that this user may see: own ones, or all for staff and admins."""
    if not getattr(user, "is_authenticated", False):
        return Batch.objects.none()
    batches = Batch.objects.all()
    return batches if sees_everything(user) else batches.filter(owner_id=user.pk)


def batch_of(user: Any, batch_id: UUID) -> Batch:
    """Raises NotFound, also for what is not the user's."""
    batch = batches_for(user).filter(id=batch_id).first()
    if batch is None:
        raise NotFound
    return batch


def budgets_for(user: Any) -> QuerySet[Budget]:
    """The ceilings that span documents: for staff and admins all, for others those of themselves and of their roles."""
    if not getattr(user, "is_authenticated", False):
        return Budget.objects.none()
    budgets = Budget.objects.all()
    if sees_everything(user):
        return budgets
    own = Q(scope=Budget.Scope.USER, key=str(user.pk)) | Q(scope=Budget.Scope.ROLE, key__in=role_names(user))
    return budgets.filter(own)


def document_of(user: Any, document_id: UUID) -> Document:
    """Raises NotFound, also for what is not the user's."""
    document = documents_for(user).filter(id=document_id).first()
    if document is None:
        raise NotFound
    return document


def hold_history(document: Document) -> QuerySet[HoldChange]:
    """Every decision about a document's legal hold, the last one first."""
    return HoldChange.objects.filter(document=document).select_related("changed_by")


def job_of(user: Any, job_id: UUID) -> ProcessingJob:
    """With its document. Raises NotFound, also for what is not the user's."""
    job = jobs_for(user).select_related("document").filter(id=job_id).first()
    if job is None:
        raise NotFound
    return job


def count_jobs(jobs: QuerySet[ProcessingJob]) -> dict[str, int]:
    """How many jobs are in each status, and in all."""
    counts = {str(status): Count("id", filter=Q(status=status)) for status in ProcessingJob.Status}
    return jobs.order_by().aggregate(**counts, total=Count("id"))


def live_workers() -> QuerySet[WorkerHeartbeat]:
    """The worker processes that said lately that they live."""
    return WorkerHeartbeat.objects.filter(seen_at__gt=Now() - timedelta(seconds=4 * BEAT_SECONDS))


def with_progress(batches: QuerySet[Batch]) -> QuerySet[Batch]:
    """Batches with ``all_jobs``, ``ended_jobs`` and ``failed_jobs``."""
    ended = [ProcessingJob.Status.COMPLETED, ProcessingJob.Status.FAILED, ProcessingJob.Status.CANCELLED]
    jobs = ProcessingJob.objects.filter(batch=OuterRef("pk")).order_by().values("batch")

    def count(of: QuerySet[Any]) -> Any:
        return Coalesce(Subquery(of.annotate(count=Count("id")).values("count"), output_field=IntegerField()), 0)

    return batches.annotate(
        all_jobs=count(jobs),
        ended_jobs=count(jobs.filter(status__in=ended)),
        failed_jobs=count(jobs.filter(status=ProcessingJob.Status.FAILED)),
    )
