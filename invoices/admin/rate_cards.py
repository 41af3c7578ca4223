from django.contrib import admin
from unfold.admin import ModelAdmin, TabularInline

from invoices.models import Rate, RateCard, Surcharge


class SurchargeInline(TabularInline):
    model = Surcharge
    extra = 0
    fields = ["code", "name", "basis", "value", "unit", "applies_to", "condition", "minimum", "maximum"]


@admin.register(RateCard)
class RateCardAdmin(ModelAdmin):
    list_display = ["carrier_name", "service", "mode", "currency", "valid_from", "valid_to", "card_version", "status"]
    list_filter = ["status", "mode", "currency", "carrier_name"]
    search_fields = ["carrier_name", "carrier_code", "customer", "contract"]
    readonly_fields = ["source_sha256", "method", "created_at", "updated_at"]
    raw_id_fields = ["supersedes", "owner"]
    inlines = [SurchargeInline]


@admin.register(Rate)
class RateAdmin(ModelAdmin):
    list_display = ["card", "service", "origin", "destination", "zone", "break_from", "break_to", "value", "unit"]
    list_filter = ["card__carrier_name", "unit", "break_basis"]
    search_fields = ["service", "origin", "destination", "zone"]
    list_select_related = ["card"]
    raw_id_fields = ["card"]
    show_full_result_count = False
