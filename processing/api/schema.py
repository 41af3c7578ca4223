"""What the OpenAPI schema says of errors."""

from invoices.api.problems import problems

__all__ = ["problems"]
