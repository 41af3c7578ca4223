from processing.models.breaker import Breaker
from processing.models.channels import InboundMessage, InboundSource, MailMessage
from processing.models.document import Batch, BatchItem, Document, StoredContent
from processing.models.hold import HoldChange
from processing.models.intake import BudgetChange, IdempotentRequest, UploadDay
from processing.models.job import JobStage, ProcessingJob
from processing.models.layout_plan import LayoutPlan
from processing.models.ledger import Budget, LLMCall
from processing.models.reply_cache import CachedReply
from processing.models.statistics import DailyFigures
from processing.models.worker import WorkerHeartbeat

__all__ = [
    "Batch",
    "BatchItem",
    "Breaker",
    "Budget",
    "BudgetChange",
    "CachedReply",
    "DailyFigures",
    "Document",
    "HoldChange",
    "IdempotentRequest",
    "InboundMessage",
    "InboundSource",
    "JobStage",
    "LLMCall",
    "LayoutPlan",
    "MailMessage",
    "ProcessingJob",
    "StoredContent",
    "UploadDay",
    "WorkerHeartbeat",
]
