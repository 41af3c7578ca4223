from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from common.admin.read_only import LookedAt
from processing.models import InboundSource, MailMessage
from processing.services.inbound import change_secret


@admin.register(InboundSource)
class InboundSourceAdmin(ModelAdmin):
    list_display = ["name", "kind", "owner", "active", "created_at"]
    list_filter = ["active", "kind"]
    search_fields = ["name"]

    def save_model(self, request: HttpRequest, obj: InboundSource, form: Any, change: bool) -> None:
        if change and "secret" in form.changed_data:
            change_secret(source=obj, before=form.initial["secret"])
        else:
            super().save_model(request, obj, form, change)


@admin.register(MailMessage)
class MailMessageAdmin(LookedAt):
    list_display = ["subject", "sender", "status", "mailbox", "created_at"]
    list_filter = ["status", "mailbox"]
    search_fields = ["subject", "sender", "message_id"]
