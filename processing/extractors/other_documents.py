"""Documents that are no invoices (reminders, statements, delivery notes, orders, quotes, terms, letters): known by
their title, or by having nothing that an invoice has. Pure."""

from __future__ import annotations

from statistics import median

from processing.content.extraction import Extraction
from processing.extractors.header.candidates import hits_of
from processing.extractors.header.document_numbers import Title, refers
from processing.extractors.header.grid import Grid, Piece
from processing.extractors.words.labels import Token, title_at, tokens_of
from processing.extractors.words.language import OTHER_KINDS

CODE = "not_an_invoice"

_NAMES = {
    "reminder": "a payment reminder",
    "statement": "a statement of account",
    "delivery_note": "a delivery note",
    "order": "an order or its confirmation",
    "quote": "a quote",
    "remittance": "a remittance advice",
    "terms": "terms and conditions",
}
# These names also stand on invoices, as labels of other documents' numbers.
_ALSO_LABELS = frozenset({"delivery_note", "order", "quote", "remittance"})
_ABOUT_AN_INVOICE = frozenset({"reminder", "remittance"})
_TOP_LINES = 25
_MOST_TOKENS = 9
_MOST_WORDS_BEHIND = 3  # of a title: "Mahnung vom 3. März"
_LARGER = 1.2
_ORDINALS = frozenset(
    ("first", "second", "third", "final", "last", "friendly", "1st", "2nd", "3rd", "st", "nd", "rd",
     "erste", "zweite", "dritte", "letzte", "freundliche", "eerste", "tweede", "derde", "laatste",
     "premier", "premiere", "deuxieme", "dernier", "derniere", "e", "er", "eme",
     "primo", "secondo", "terzo", "ultimo", "primer", "segundo", "tercer")
)  # fmt: skip


def class_other(extraction: Extraction, grid: Grid, titles: list[Title]) -> None:
    """Adds the reason ``not_an_invoice`` where the title says so; it names the invoice that a reminder is about, whose
    number is not the document's."""
    kind = kind_by_title(grid, titles)
    if kind is None or (kind == "statement" and _states_an_invoice(extraction)):
        return
    _add_reason(extraction, kind)


def class_by_model(extraction: Extraction, title: str) -> None:
    """The same for a document whose title a model copied."""
    kind = next((kind for kind in OTHER_KINDS if _names(tokens_of(title), kind)), None)
    if kind is not None:
        _add_reason(extraction, kind)


def class_empty(extraction: Extraction) -> None:
    """Adds the reason where nothing was found that an invoice has: a letter, an advert, a photograph."""
    if is_other(extraction) or extraction.lines or {"invoice_number", "total_amount"} & extraction.fields.keys():
        return
    message = (
        "No number, no total and no lines of an invoice were found. Reject the document, or accept this reason if it "
        "is an invoice."
    )
    extraction.doubt("document_type", CODE, message)


def is_other(extraction: Extraction) -> bool:
    """Whether the document was found to be no invoice."""
    return any(reason.code == CODE for reason in extraction.reasons)


def _add_reason(extraction: Extraction, kind: str) -> None:
    about = extraction.fields.pop("invoice_number", None) if kind in _ABOUT_AN_INVOICE else None
    named = f"{_NAMES[kind]} for invoice {about.value}" if about is not None else _NAMES[kind]
    message = f"This looks like {named}, not an invoice. Reject it, or accept this reason if it is an invoice."
    extraction.doubt("document_type", CODE, message)


def kind_by_title(grid: Grid, titles: list[Title]) -> str | None:
    """The kind that the title names, a key of ``OTHER_KINDS``; None for an invoice, and where no title says it."""
    top = [piece for line in grid.lines[:_TOP_LINES] for piece in line if piece.page == grid.first_page]
    usual = median([piece.size for piece in top]) if top else 1.0
    for piece in top:
        kind = next((kind for kind in OTHER_KINDS if _is_title(piece, grid, kind, usual)), None)
        if kind is None:
            continue
        invoices = [
            title.piece
            for title in titles
            if title.piece.page == grid.first_page and title.piece is not piece and _is_own(title)
        ]
        if kind in _ALSO_LABELS and (invoices or (kind != "remittance" and _has_number_label(grid))):
            continue
        if any(other.line <= piece.line or other.size > piece.size * 1.05 for other in invoices):
            continue
        return kind
    return None


def _is_title(piece: Piece, grid: Grid, kind: str, usual: float) -> bool:
    if not piece.tokens or len(piece.tokens) > _MOST_TOKENS:
        return False
    end = _names(piece.tokens, kind)
    if not end:
        return False
    behind = piece.text[end:]
    if sum(len(word) > 1 for word in "".join(c if c.isalpha() else " " for c in behind).split()) > _MOST_WORDS_BEHIND:
        return False
    if piece.size >= usual * _LARGER and not behind.lstrip().startswith(":"):
        return True
    # In the size of the text: a label of a number where one stands behind or beside it.
    beside = grid.right_of(piece)
    is_label = behind.lstrip().startswith(":") or (beside and any(c.isdigit() for c in beside[0].text))
    return not is_label and (kind not in _ALSO_LABELS or not any(c.isdigit() for c in behind) or piece.line < 3)


def _names(tokens: list[Token], kind: str) -> int:
    """The end of a title of a kind in the tokens' text, behind a number or an ordinal; 0 where none stands there."""
    for at in range(min(3, len(tokens))):
        length = title_at(tokens, at, kind)
        if length:
            return tokens[at + length - 1].end
        if not (tokens[at].word.isdigit() or tokens[at].word in _ORDINALS):
            return 0
    return 0


def _is_own(title: Title) -> bool:
    """Whether a title may be that of the document: not the address for invoices, nor a sentence about one."""
    behind = title.piece.text[title.end :]
    return not refers(title.piece) and (not any(c.isalpha() for c in behind) or any(c.isdigit() for c in behind))


def _has_number_label(grid: Grid) -> bool:
    return any(hit.label.strength == 3 for _, hit in hits_of(grid, "invoice_number"))


def _states_an_invoice(extraction: Extraction) -> bool:
    fields = extraction.fields
    priced = any("quantity" in line and "amount" in line for line in extraction.lines)
    return priced or ("invoice_number" in fields and "tax_amount" in fields and "subtotal" in fields)
