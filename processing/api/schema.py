"""What the OpenAPI schema says of errors."""

from common.api.problems import problems

__all__ = ["problems"]
