from processing.models.document import Batch, BatchItem, Document, StoredContent
from processing.models.job import JobStage, ProcessingJob
from processing.models.ledger import Budget, LLMCall

__all__ = ["Batch", "BatchItem", "Budget", "Document", "JobStage", "LLMCall", "ProcessingJob", "StoredContent"]
