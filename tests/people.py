"""Accounts for tests, as functions."""

from __future__ import annotations

from django.contrib.auth.models import Group, User

from invoices.roles import Role


def person(name: str, role: Role | None = None) -> User:
    """An account with a role, or with none."""
    user = User.objects.create_user(name, password=f"{name}-secret-words")
    if role is not None:
        user.groups.add(Group.objects.get_or_create(name=role)[0])
    return user
