from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from processing.models import InboundSource, MailMessage


@admin.register(InboundSource)
class InboundSourceAdmin(ModelAdmin):
    list_display = ["name", "kind", "owner", "active", "created_at"]
    list_filter = ["active", "kind"]
    search_fields = ["name"]


@admin.register(MailMessage)
class MailMessageAdmin(ModelAdmin):
    list_display = ["subject", "sender", "status", "mailbox", "created_at"]
    list_filter = ["status", "mailbox"]
    search_fields = ["subject", "sender", "message_id"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
