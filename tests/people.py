"""Accounts for tests, as functions."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.management.sql import emit_post_migrate_signal
from rest_framework.test import APIClient

from invoices.roles import Role


def person(name: str, role: Role | None = None) -> User:
    """An account with a role, or with none."""
    user = User.objects.create_user(name, password=f"{name}-secret-words")
    if role is not None:
        _ensure_roles()
        user.groups.add(Group.objects.get(name=role))
    return user


def signed_in(user: User) -> APIClient:
    """A client of the API in the browser session of an account."""
    client = APIClient()
    client.force_login(user)
    return client


def _ensure_roles() -> None:
    """What migrations and their signals made, also after a test with real transactions emptied all tables."""
    if Permission.objects.exists() and Group.objects.exists():
        return
    ContentType.objects.clear_cache()
    for name in Role:
        Group.objects.get_or_create(name=name)
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
