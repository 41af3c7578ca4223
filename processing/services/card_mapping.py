"""A person says what the columns of a rate card mean: the plan is remembered and the card read again by it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from common.errors import InvalidState, NotFound
from invoices.services.rate_card_mapping import note_mapping
from processing.models import Document, LayoutPlan, ProcessingJob
from processing.ratecards.vocabulary_words import VOCABULARY
from processing.sandbox import calls
from processing.services.documents import JobOptions
from processing.services.layout_plans import remember_plan
from processing.services.rereading import read_again
from processing.storage import fetch_bytes

MEANINGS = tuple(VOCABULARY)  # "ignore" is among them
_FOR_A_PERSON = 10  # the priority of what somebody waits for

Place = tuple[int, int, int]  # sheet, first row of the table, column


def map_card_by_hand(
    *, document_id: UUID, by: AbstractBaseUser, meanings: Mapping[Place, str], why: str = ""
) -> ProcessingJob | None:
    """Give columns other meanings and read the card again; None where nothing differs. What a person says counts for
    every card of the layout from now on. Raises NotFound, InvalidState and the errors of the readers."""
    document = Document.objects.select_related("rate_card").filter(id=document_id).first()
    if document is None or document.rate_card is None:
        raise NotFound
    if document.purged_at is not None:
        raise InvalidState("The file was deleted at the end of its retention period and cannot be read again.")
    unknown = set(meanings.values()) - set(MEANINGS)
    if unknown:
        raise InvalidState(f"Unknown meaning: {', '.join(sorted(unknown))}.")
    data = fetch_bytes(key=document.storage_key, sha256=document.sha256)
    kept, fingerprint = _plan_at_hand(document, data)
    changes = _change(kept, meanings)
    if not changes:
        return None
    reading = calls.read_rate_card(data, document.media_type, kept=kept)
    card = reading.card
    if not (card.rates or card.zones or card.surcharges or card.fuel):
        raise InvalidState("With these meanings the document has no rate table.")
    with transaction.atomic():
        note_mapping(card=document.rate_card, by=by, changes=changes, why=why)
        remember_plan(
            owner_id=document.owner_id, fingerprint=fingerprint, plan=kept,
            carrier=document.rate_card.carrier_name or document.rate_card.carrier_code,
            made_by=LayoutPlan.MadeBy.PERSON, approved=True,
        )  # fmt: skip
        return read_again(document_id=document.id, options=JobOptions(priority=_FOR_A_PERSON))


def _plan_at_hand(document: Document, data: bytes) -> tuple[dict[str, Any], str]:
    """The plan that the card was read by, with the headers that its tables are known by, and its fingerprint."""
    mapping = document.rate_card.mapping if document.rate_card is not None else {}
    if mapping.get("memory") and mapping.get("fingerprint"):
        return mapping["memory"], mapping["fingerprint"]
    reading = calls.read_rate_card(data, document.media_type, ask="always", keep_rows=False)
    if reading.memory is None or reading.shape is None:
        raise InvalidState("No table of this document has a header that identifies its columns.")
    return reading.memory, reading.shape.fingerprint


def _change(kept: dict[str, Any], meanings: Mapping[Place, str]) -> list[tuple[str, str, str]]:
    """Writes the meanings into the plan: (header, before, now) of each column that differs."""
    changes = []
    for table in kept["plan"]["tables"]:
        for column in table["columns"]:
            now = meanings.get((table["sheet"], table["first_row"], column["column"]))
            before = column["meaning"] or "ignore"
            if now is None or now == before:
                continue
            changes.append((column.get("header") or f"column {column['column'] + 1}", before, now))
            # A header that gave a key to a matrix says nothing of what the column is now.
            column |= {"meaning": now, "axis": "", "label": "", "outer_axis": "", "outer_label": ""}
    kept["plan"]["method"] = "person"
    return changes
