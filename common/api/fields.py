"""Fields that take what the schema says and nothing else."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.utils.html import is_html_input

_PLAIN_NUMBER = re.compile(r"[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})")


@extend_schema_field(OpenApiTypes.UUID)
class IdField(serializers.UUIDField):
    """A UUID as text. Django REST framework takes numbers, too, and so ``true`` for a record's id."""

    def to_internal_value(self, data: Any) -> UUID:
        if not isinstance(data, str):
            self.fail("invalid", value=data)
        found: UUID = super().to_internal_value(data)
        return found


class TextField(serializers.CharField):
    """A text. Django REST framework takes numbers, too."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        if self.max_length is not None and len(data) > self.max_length:
            self.fail("max_length", max_length=self.max_length)  # before the blanks around it are taken away
        return super().to_internal_value(data)


class WholeField(serializers.IntegerField):
    """A whole number; in JSON not as a text, which is taken from forms and queries alone."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, str) and not in_form(self):
            self.fail("invalid")
        return super().to_internal_value(data)


class NumberField(serializers.FloatField):
    """A number, no text and no truth value."""

    def to_internal_value(self, data: Any) -> float:
        if not isinstance(data, int | float) or isinstance(data, bool):
            self.fail("invalid")
        return super().to_internal_value(data)


class AmountField(serializers.DecimalField):
    """A number with a point: as a JSON number, or as a text like ``12.50``. Python takes ``1e3`` and ``1_000``, too."""

    default_error_messages = {"not_plain": "“{value}” is not a number like 12.50."}

    def to_internal_value(self, data: Any) -> Decimal:
        if isinstance(data, str) and not _PLAIN_NUMBER.fullmatch(data.strip()):
            self.fail("not_plain", value=data.strip()[:40])
        found: Decimal = super().to_internal_value(data)
        return found


_MOST_NAMES, _LONGEST_NAME, _LONGEST_TEXT = 20, 40, 500


@extend_schema_field(
    {
        "type": "object",
        "additionalProperties": {"type": "string", "maxLength": _LONGEST_TEXT},
        "maxProperties": _MOST_NAMES,
        "example": {"cost_center": "4711"},
    }
)
class MetadataField(serializers.JSONField):
    """A sender's own names and texts: an object of at most 20 texts; in a form its JSON."""

    default_error_messages = {
        "not_texts": "Give an object of at most 20 names of 1 to 40 characters, each with a text of at most 500."
    }

    def to_internal_value(self, data: Any) -> dict[str, str]:
        found = super().to_internal_value(data)
        if not isinstance(found, dict) or len(found) > _MOST_NAMES:
            self.fail("not_texts")
        for name, text in found.items():
            if not isinstance(text, str) or "\0" in name + text:
                self.fail("not_texts")
            if not 0 < len(name) <= _LONGEST_NAME or len(text) > _LONGEST_TEXT:
                self.fail("not_texts")
        return found


class YesNoField(serializers.BooleanField):
    """true or false; in JSON none of the words and numbers that stand for them in forms."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool) and not in_form(self):
            self.fail("invalid", input=data)
        truth: bool = super().to_internal_value(data)
        return truth


def in_form(field: serializers.Field[Any, Any, Any, Any]) -> bool:
    """Whether what is validated came as a form or a query, where everything is a text."""
    return is_html_input(getattr(field.root, "initial_data", None))
