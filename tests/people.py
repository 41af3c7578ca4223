"""Accounts for tests, as functions."""

from __future__ import annotations

from django.contrib.auth.models import Group, User
from rest_framework.test import APIClient

from invoices.roles import Role


def person(name: str, role: Role | None = None) -> User:
    """An account with a role, or with none."""
    user = User.objects.create_user(name, password=f"{name}-secret-words")
    if role is not None:
        user.groups.add(Group.objects.get(name=role))
    return user


def signed_in(user: User) -> APIClient:
    """A client of the API in the browser session of an account."""
    client = APIClient()
    client.force_login(user)
    return client
