"""Legal hold: a document's file and what was read from it stay, whatever retention says, until a person lifts it."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from common.errors import FieldError, InvalidFields, InvalidState, NotFound
from processing.models import Document, HoldChange


@transaction.atomic
def set_legal_hold(*, document_id: UUID, held: bool, why: str, by: AbstractBaseUser | None) -> Document:
    """Put a document on hold, or take it off; what came inside of it is held with it. Kept in the history. Raises
    NotFound, InvalidFields without ``why``, and InvalidState where it is so already, or the file is gone."""
    document = Document.objects.select_for_update(of=("self",)).filter(id=document_id).first()
    if document is None:
        raise NotFound
    if not why.strip():
        raise InvalidFields([FieldError("why", "required", "Give a reason.")])
    if document.legal_hold == held:
        raise InvalidState(f"The document is {'already' if held else 'not'} on legal hold.")
    if held and document.purged_at is not None:
        raise InvalidState("The file was deleted at the end of its retention; there is nothing left to hold.")
    document.legal_hold = held
    document.save(update_fields=["legal_hold"])
    HoldChange.objects.create(document=document, held=held, why=why.strip(), changed_by_id=by.pk if by else None)
    return document
