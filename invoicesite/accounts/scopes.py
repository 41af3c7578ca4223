"""What a key may do: its scopes, and which one each address of the API asks for. Read from top to bottom.

A scope never gives more than the owner's role: roles are checked by the endpoints as for anybody else.
"""

from __future__ import annotations

from enum import StrEnum

from rest_framework.permissions import SAFE_METHODS

from common.roles import Role

API = "/api/v1/"


class Scope(StrEnum):
    READ = "read"
    SUBMIT = "submit"
    REVIEW = "review"
    ADMIN = "admin"


ROLE_OF_SCOPE = {
    Scope.READ: Role.VIEWER,
    Scope.SUBMIT: Role.OPERATOR,
    Scope.REVIEW: Role.REVIEWER,
    Scope.ADMIN: Role.ADMIN,
}

# By method ("safe": reads; "*": all) or by the last part of the address. The first line that fits decides; None is
# closed to keys, so that a key that leaks makes no further keys.
_RULES: tuple[tuple[str, str, Scope | None], ...] = (
    ("*", "auth/", None),
    ("safe", "", Scope.READ),
    ("POST", "rate-cards/quote/", Scope.READ),
    ("boundaries", "documents/", Scope.REVIEW),
    ("legal-hold", "documents/", Scope.ADMIN),
    ("*", "documents/", Scope.SUBMIT),
    ("*", "jobs/", Scope.SUBMIT),
    ("*", "batches/", Scope.SUBMIT),
    ("*", "invoices/", Scope.REVIEW),
    ("*", "rate-cards/", Scope.REVIEW),
    ("*", "findings/", Scope.REVIEW),
    ("*", "", Scope.ADMIN),
)


def scope_for(method: str, path: str) -> Scope | None:
    """The scope that a key needs for a request; None where keys are not taken. What no rule names asks for admin."""
    rest = path.removeprefix(API)
    for rule, prefix, scope in _RULES:
        applies = rule in ("*", method) or (rule == "safe" and method in SAFE_METHODS)
        if rest.startswith(prefix) and (applies or rest.endswith(f"/{rule}/")):
            return scope
    return Scope.ADMIN
