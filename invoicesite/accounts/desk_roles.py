"""What staff of each role find in the admin: Django's own permissions for the groups of ``common.roles``.

Only what is missing is added, after each migrate: what an administrator gave or will give by hand stays.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

from common.roles import Role

# Each role has what the one before it has. App label → models that may be seen; the desk's own pages check what a role
# may do there.
SEEN: dict[Role, dict[str, list[str]]] = {
    Role.VIEWER: {
        "invoices": ["vendor", "ratecard", "rate", "surcharge", "zone", "fuelband", "finding", "audittolerance"],
        "processing": ["document", "processingjob", "batch"],
    },
    Role.OPERATOR: {"processing": ["llmcall", "budget", "breaker", "workerheartbeat", "mailmessage", "dailyfigures"]},
    Role.REVIEWER: {"invoices": ["invoice"], "processing": ["layoutplan"]},
    Role.ADMIN: {},
}
# May try again, pause and cancel: the actions of these lists ask for the permission to change.
OPERATED = ["processingjob", "batch", "breaker"]
OF_ADMINS = ["accounts", "auth", "invoices", "processing", "webhooks"]


def ensure_desk_permissions(**_: Any) -> None:
    """Give the groups what they lack (signal ``post_migrate``)."""
    wanted = Q(pk__in=[])
    for role in Role:
        group = Group.objects.filter(name=role).first()
        for app, models in SEEN[role].items():
            wanted |= Q(content_type__app_label=app, codename__in=[f"view_{model}" for model in models])
        if role == Role.OPERATOR:
            wanted |= Q(content_type__app_label="processing", codename__in=[f"change_{name}" for name in OPERATED])
        if role == Role.ADMIN:
            wanted |= Q(content_type__app_label__in=OF_ADMINS)
        if group is not None:
            group.permissions.add(*Permission.objects.filter(wanted).exclude(group=group))
