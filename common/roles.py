"""Who may do what. Roles are Django groups, made by a migration; each can do all that the one before it can."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    VIEWER = "viewer"
    OPERATOR = "operator"
    REVIEWER = "reviewer"
    ADMIN = "admin"


_ORDER = list(Role)


def has_role(user: Any, role: Role) -> bool:
    """Whether the user has ``role`` or one above it. Superusers have all; an account without a role is a viewer."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return False
    if user.is_superuser or role == Role.VIEWER:
        return True
    return bool(_groups(user) & set(_ORDER[_ORDER.index(role) :]))


def sees_everything(user: Any) -> bool:
    """Staff and admins see the records of all; everybody else sees own ones."""
    return has_role(user, Role.VIEWER) and (user.is_staff or has_role(user, Role.ADMIN))


def role_names(user: Any) -> set[str]:
    """The names of the groups that the user is in."""
    return set(_groups(user))


def remember_roles(user: Any, names: Iterable[str]) -> None:
    """The groups of a user who was read together with them; nothing asks for them again."""
    user._role_names = set(names)


def _groups(user: Any) -> set[str]:
    # Kept on the instance, which lives as long as one request: several checks, one query.
    if not hasattr(user, "_role_names"):
        remember_roles(user, user.groups.values_list("name", flat=True))
    names: set[str] = user._role_names
    return names
