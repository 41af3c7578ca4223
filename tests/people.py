"""Accounts for tests, as functions."""

from __future__ import annotations

from django.contrib.auth.models import Group, User
from django.test import Client
from rest_framework.test import APIClient

from common.roles import Role


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


def api_of(name: str, role: Role) -> APIClient:
    """A client of the API for a new account with this role."""
    client = APIClient()
    client.force_authenticate(person(name, role))
    return client


def staff(name: str, role: Role) -> User:
    """An account that may open the admin."""
    user = person(name, role)
    user.is_staff = True
    user.save()
    return user


def desk_of(user: User) -> Client:
    """The browser session of an account."""
    client = Client()
    client.force_login(user)
    return client
