"""Keys and identities, for administrators: looked at, revoked, never read."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from common.admin.read_only import LookedAt
from invoicesite.accounts.models import ApiKey, DataRequest, Identity


@admin.register(ApiKey)
class ApiKeyAdmin(ModelAdmin):
    list_display = ["name", "prefix", "owner", "scopes", "expires_at", "last_used_at", "revoked_at"]
    list_filter = [("revoked_at", admin.EmptyFieldListFilter)]
    list_select_related = ["owner"]
    search_fields = ["name", "prefix", "owner__username"]
    fields = ["owner", "name", "prefix", "scopes", "expires_at", "last_used_at", "revoked_at", "created_at"]
    readonly_fields = fields
    actions = ["revoke"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a key is made by its owner, who alone sees it

    @admin.action(description="Revoke", permissions=["change"])
    def revoke(self, request: HttpRequest, keys: QuerySet[ApiKey]) -> None:
        for key in keys.filter(revoked_at__isnull=True):
            ApiKey.objects.filter(pk=key.pk).update(revoked_at=Now())
            self.log_change(request, key, "Revoked.")


@admin.register(Identity)
class IdentityAdmin(ModelAdmin):
    list_display = ["email", "provider", "subject", "user", "created_at"]
    list_select_related = ["user"]
    search_fields = ["email", "subject", "user__username"]
    fields = ["user", "provider", "subject", "email", "created_at"]
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(DataRequest)
class DataRequestAdmin(LookedAt):
    list_display = ["made_at", "action", "person", "why"]
    list_filter = ["action"]
    list_select_related = ["person"]
    search_fields = ["person__username", "why"]
