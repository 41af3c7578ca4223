"""What the OpenAPI schema says of every operation alike: a summary, and the errors that any request may meet."""

from __future__ import annotations

import re
from typing import Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from rest_framework.renderers import BaseRenderer

from common.api.problems import problems
from invoicesite.api_deprecation import is_deprecated

_SENTENCE = re.compile(r"(.+?)(?:[.:;](?=\s|$)|$)")


class Schema(AutoSchema):
    """Django REST framework's ``DEFAULT_SCHEMA_CLASS``."""

    def get_operation(self, *arguments: Any, **named: Any) -> dict[str, Any] | None:
        operation: dict[str, Any] | None = super().get_operation(*arguments, **named)
        if operation is None:
            return None
        operation.setdefault("summary", summary_of(operation.get("description", "")))
        responses = operation["responses"]
        describe: Any = self._get_response_for_code
        for (status, media_type), answer in problems(*self._errors_of_all(operation)).items():
            if str(status) not in responses:
                responses[str(status)] = describe(answer, str(status), [media_type])
        operation["responses"] = dict(sorted(responses.items()))
        return operation

    def is_deprecated(self) -> bool:
        return is_deprecated(self.method, self.path)

    def _errors_of_all(self, operation: dict[str, Any]) -> list[int]:
        statuses = [429]
        if operation.get("security"):
            statuses += [401, 403]
        if not any(_takes_all(renderer) for renderer in self.view.get_renderers()):
            statuses.append(406)
        if "requestBody" in operation:
            statuses += [400, 415]
        if any(parameter["name"] == "page_size" for parameter in operation.get("parameters", ())):
            statuses.append(400)
        return statuses


class DecimalsInBodies(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """Money and quantities are given as texts; taken are numbers, too."""

    target_class = "rest_framework.serializers.DecimalField"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        described: dict[str, Any] = auto_schema._map_serializer_field(self.target, direction, bypass_extensions=True)
        if isinstance(described.get("type"), list):
            described["type"] = next(name for name in described["type"] if name != "null")  # which is added after this
        if direction != "request":
            return described
        bounds = {"minimum": self.target.min_value, "maximum": self.target.max_value}
        numbers = {name: float(bound) for name, bound in bounds.items() if bound is not None}
        return {**described, "type": ["string", "number"], **numbers}


def summary_of(description: str) -> str:
    """The first sentence, without its stop."""
    found = _SENTENCE.match(" ".join(description.replace("`", "").split()))
    return found[1] if found else ""


def _takes_all(renderer: BaseRenderer) -> bool:
    return renderer.media_type == "*/*"
