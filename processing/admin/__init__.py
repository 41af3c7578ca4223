"""The pipeline in the admin: documents and batches, jobs with their timeline, money, channels, workers."""

from processing.admin import channels, documents, jobs, money, workers

__all__ = ["channels", "documents", "jobs", "money", "workers"]
