"""Registers the review desk with the admin."""

from invoicesite.desk import queue

__all__ = ["queue"]
