"""The reply that the model is asked for: short keys, values copied from the document, item tables only pointed at.

An object of nullable values was chosen by counting: the header of the prompt's example takes 164 tokens this way, 185
as pairs of name and value, 129 as "name: value" strings; but only a schema that asks for each field in turn lets a
small model forget none.
OpenAI's strict mode wants every property required and no bounds on numbers or lengths.
"""

from __future__ import annotations

from typing import Any

SCHEMA_NAME = "invoice"

# reply key → invoice field, in the order asked
HEADER_KEYS: dict[str, str] = {
    "title": "document_type",
    "number": "invoice_number",
    "date": "invoice_date",
    "due_date": "due_date",
    "currency": "currency",
    "order": "purchase_order",
    "seller": "vendor_name",
    "seller_tax_id": "vendor_tax_id",
    "buyer": "buyer_name",
    "buyer_tax_id": "buyer_tax_id",
    "net_total": "subtotal",
    "tax_total": "tax_amount",
    "grand_total": "total_amount",
    "paid": "amount_paid",
    "withheld": "withholding_amount",
    "to_pay": "amount_due",
    "old_balance": "previous_balance",
    "discount_offered": "cash_discount_amount",
    "discount_until": "cash_discount_until",
    "corrects": "preceding_invoice",
    "iban": "iban",
}

# reply key → line field; columns that fewer tables have are known by their heading
ITEM_KEYS: dict[str, str] = {
    "description": "description",
    "quantity": "quantity",
    "unit_price": "unit_price",
    "amount": "amount",
    "tax_rate": "tax_rate",
}

_TEXT_OR_NULL: dict[str, Any] = {"type": ["string", "null"]}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


INVOICE_SCHEMA: dict[str, Any] = _object(
    {
        **dict.fromkeys(HEADER_KEYS, _TEXT_OR_NULL),
        "items": {
            "type": "array",
            "items": _object(
                {
                    "from": {"type": "integer"},
                    "to": {"type": "integer"},
                    **dict.fromkeys(ITEM_KEYS, _TEXT_OR_NULL),
                }
            ),
        },
    }
)
