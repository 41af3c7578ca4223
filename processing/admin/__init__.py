"""The pipeline in the admin: documents and batches, jobs with their timeline, money, channels, workers."""

from processing.admin import card_plans, channels, documents, jobs, money, workers

__all__ = ["card_plans", "channels", "documents", "jobs", "money", "workers"]
