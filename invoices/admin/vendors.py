from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin
from unfold.decorators import display

from invoices.models import Vendor


@admin.register(Vendor)
class VendorAdmin(ModelAdmin):
    list_display = ["name", "tax_id", "country", "accounts", "updated_at"]
    search_fields = ["name", "tax_id"]
    list_filter = ["country"]
    readonly_fields = ["name_key", "created_at", "updated_at"]

    @display(description="accounts")
    def accounts(self, vendor: Vendor) -> SafeString | str:
        return format_html("{}", ", ".join(vendor.ibans)) if vendor.ibans else "–"
