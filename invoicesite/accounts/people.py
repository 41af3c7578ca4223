"""Who asks: an account with its roles, in one statement that Django's query compiler has no part in.

Each request of the API begins with it. Two queries of the ORM, of which the second finds the groups, took longer than
most of what is asked for.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib.auth.models import User
from django.db import DEFAULT_DB_ALIAS, connection

from common.roles import remember_roles
from invoicesite.accounts.models import ApiKey

_ROLES = """ARRAY(SELECT g.name FROM auth_user_groups ug JOIN auth_group g ON g.id = ug.group_id
WHERE ug.user_id = u.id)"""


def person_of(user_id: int) -> User | None:
    """The account with this id, its roles known."""
    names, columns = _columns(User, "u")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_ROLES}, {columns} FROM auth_user u WHERE u.id = %s",  # noqa: S608  # names of columns
            [user_id],
        )
        row = cursor.fetchone()
    return None if row is None else _person(names, row)


def key_with_owner(prefix: str) -> ApiKey | None:
    """The key that begins so, with its owner, whose roles are known."""
    names, columns = _columns(User, "u")
    key_names, key_columns = _columns(ApiKey, "k")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_ROLES}, {columns}, {key_columns} "  # noqa: S608  # names of columns
            "FROM accounts_apikey k JOIN auth_user u ON u.id = k.owner_id WHERE k.prefix = %s",
            [prefix],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    key: ApiKey = ApiKey.from_db(DEFAULT_DB_ALIAS, key_names, row[1 + len(names) :])
    key.owner = _person(names, row[: 1 + len(names)])
    return key


def _person(names: list[str], row: Any) -> User:
    user: User = User.from_db(DEFAULT_DB_ALIAS, names, row[1:])
    remember_roles(user, row[0])
    return user


@cache
def _columns(model: Any, alias: str) -> tuple[list[str], str]:
    """The attributes of an instance, and their columns."""
    fields = model._meta.concrete_fields
    quoted = (f"{alias}.{connection.ops.quote_name(field.column)}" for field in fields)
    return [field.attname for field in fields], ", ".join(quoted)
