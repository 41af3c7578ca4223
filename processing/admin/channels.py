from django.contrib import admin
from unfold.admin import ModelAdmin

from common.admin.read_only import LookedAt
from processing.models import InboundSource, MailMessage


@admin.register(InboundSource)
class InboundSourceAdmin(ModelAdmin):
    list_display = ["name", "kind", "owner", "active", "created_at"]
    list_filter = ["active", "kind"]
    search_fields = ["name"]


@admin.register(MailMessage)
class MailMessageAdmin(LookedAt):
    list_display = ["subject", "sender", "status", "mailbox", "created_at"]
    list_filter = ["status", "mailbox"]
    search_fields = ["subject", "sender", "message_id"]
