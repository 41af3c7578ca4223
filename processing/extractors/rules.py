"""The deterministic extractor: header fields by labels and geometry, item tables by their header row. No model, no cost."""

from __future__ import annotations

from processing.content import DocumentContent
from processing.extraction import Extraction


def extract_by_rules(content: DocumentContent, *, filename: str = "") -> Extraction:
    """What can be read from a document without a model; method "rules". Nothing is invented: a field without evidence
    is either absent or names what it was ``derived_from``."""
    return Extraction(method="rules")
