"""Invoice, its lines and taxes, why it needs a person, and what was changed. Field meanings: ``invoices.records``."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from common.columns import money, number, text


class Vendor(models.Model):
    """Who sends invoices: found again by tax id, else by name. A candidate, named by what was read, until a person
    approves an invoice of it (``confirmed_at``). ``ibans`` are the accounts seen on approved invoices."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=300)
    name_key = models.CharField(max_length=300, help_text="The name casefolded, without punctuation and legal form.")
    tax_id = text(60)
    country = text(2)
    ibans = models.JSONField(default=list, blank=True)
    blocked_ibans = models.JSONField(
        default=list, db_default=[], blank=True, help_text="Accounts that must not be paid, whatever an invoice says."
    )
    payment_terms = models.CharField(
        max_length=2000, default="", db_default="", blank=True, help_text="What was agreed with the vendor."
    )
    confirmed_at = models.DateTimeField(
        null=True, blank=True, help_text="When an invoice of the vendor was first approved; empty for a candidate."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["name_key"], name="vendor_name_key")]
        constraints = [
            models.UniqueConstraint(fields=["tax_id"], condition=~Q(tax_id=""), name="vendor_tax_id_once"),
            models.UniqueConstraint(
                fields=["name_key"], condition=Q(tax_id=""), name="vendor_name_once_without_tax_id"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="vendor_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class InvoiceManager(models.Manager["Invoice"]):
    """Without the search words, which only the database reads."""

    def get_queryset(self) -> models.QuerySet[Invoice]:
        return super().get_queryset().defer("search")


class Invoice(models.Model):
    class Status(models.TextChoices):
        NEEDS_REVIEW = "needs_review", "needs review"
        READY = "ready", "ready"
        APPROVED = "approved", "approved"
        REJECTED = "rejected", "rejected"

    class DocumentType(models.TextChoices):
        INVOICE = "invoice", "invoice"
        CREDIT_NOTE = "credit_note", "credit note"
        CORRECTED_INVOICE = "corrected_invoice", "corrected invoice"
        SELF_BILLED_INVOICE = "self_billed_invoice", "self-billed invoice"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(max_length=16, choices=Status, default=Status.NEEDS_REVIEW)
    version = models.PositiveIntegerField(default=1, help_text="Raised by every change: optimistic locking.")
    vendor = models.ForeignKey(Vendor, null=True, blank=True, on_delete=models.PROTECT, related_name="invoices")
    source_sha256 = models.CharField(max_length=64, blank=True, default="", db_index=True)
    method = text(10)
    confidence = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)
    evidence = models.JSONField(default=dict, blank=True, help_text="Field → page and box, cell or path; text; method.")
    reasons_set_aside = models.JSONField(
        default=list,
        db_default=models.Value([], output_field=models.JSONField()),  # the version before inserts rows, too
        blank=True,
        help_text="Noticed on a document that looks like no invoice; they count once a person says that it is one.",
    )

    document_type = models.CharField(max_length=24, choices=DocumentType, default=DocumentType.INVOICE)
    invoice_number = text(100)
    invoice_date = models.DateField(null=True, blank=True)
    due_date = models.DateField(null=True, blank=True)
    delivery_date = models.DateField(null=True, blank=True)
    period_start = models.DateField(null=True, blank=True)
    period_end = models.DateField(null=True, blank=True)
    currency = text(3)
    purchase_order = text(100)
    contract_reference = text(100)
    buyer_reference = text(200)
    vendor_name = text(300)
    vendor_tax_id = text(60)
    vendor_address = text(1000)
    vendor_country = text(2)
    vendor_email = text(254)
    vendor_phone = text(60)
    buyer_name = text(300)
    buyer_tax_id = text(60)
    buyer_address = text(1000)
    ship_to_address = text(1000)
    # The release before writes rows without these columns while this one migrates.
    preceding_invoice = text(100, db_default="")
    subtotal = money()
    discount_total = money()
    charge_total = money()
    tax_amount = money()
    total_amount = money()
    rounding = money()
    amount_paid = money()
    withholding_amount = money()
    previous_balance = money()
    cash_discount_amount = money()
    cash_discount_until = models.DateField(null=True, blank=True)
    amount_due = money()
    payment_terms = text(2000)
    payment_reference = text(200)
    iban = text(34)
    bic = text(11)
    notes = models.TextField(blank=True, default="")

    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    first_approved_at = models.DateTimeField(
        null=True, blank=True, help_text="One person approved; the amount asks for a second. Any change undoes it."
    )
    first_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    search = SearchVectorField(
        null=True, editable=False, help_text="The words of fields, lines and document: invoices.search.words."
    )

    objects = InvoiceManager()

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [
            models.Index(fields=["status", "created_at"], name="invoice_queue"),
            models.Index(
                fields=["confidence", "created_at"], name="invoice_queue_worst", condition=Q(status="needs_review")
            ),
            # The order of the review queue: questions before clean ones, the least sure and the oldest first.
            models.Index(
                fields=["status", "confidence", "created_at", "id"],
                name="invoice_queue_open",
                condition=Q(status__in=["needs_review", "ready"]),
            ),
            models.Index(fields=["currency"], name="invoice_currency"),
            models.Index(fields=["created_at", "id"], name="invoice_created"),
            models.Index(fields=["updated_at", "id"], name="invoice_updated"),
            models.Index(fields=["invoice_date", "id"], name="invoice_dated"),
            models.Index(fields=["due_date", "id"], name="invoice_due"),
            models.Index(fields=["total_amount", "id"], name="invoice_total"),
            models.Index(
                fields=["assignee", "created_at"], name="invoice_assignee", condition=Q(assignee__isnull=False)
            ),
            models.Index(fields=["decided_at"], name="invoice_decided", condition=Q(decided_at__isnull=False)),
            GinIndex(fields=["search"], name="invoice_search"),
            # Rows that no service wrote have no words; they are few and must not be overlooked by a search.
            models.Index(fields=["id"], name="invoice_search_missing", condition=Q(search__isnull=True)),
            models.Index("vendor", Upper("invoice_number"), name="invoice_vendor_number"),
            # What a vendor asks for most, the largest first; also how PostgreSQL knows how many invoices a vendor has.
            models.Index(Upper("vendor_tax_id"), "total_amount", "id", name="invoice_tax_id_total"),
            models.Index(fields=["vendor", "invoice_date", "total_amount"], name="invoice_vendor_date_total"),
            models.Index(fields=["owner", "-created_at"], name="invoice_owner"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(confidence__isnull=True) | Q(confidence__gte=0, confidence__lte=1),
                name="invoice_confidence_0_to_1",
            ),
            models.CheckConstraint(
                condition=Q(currency="") | Q(currency__regex=r"^[A-Z]{3}$"), name="invoice_currency_iso_4217"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "rejected"]) | Q(decided_at__isnull=False),
                name="invoice_decision_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vendor_name or 'unknown vendor'} {self.invoice_number or '(no number)'}"


class ChargeKind(models.TextChoices):
    """What a charge of a carrier is for."""

    FREIGHT = "freight", "freight"
    FUEL = "fuel", "fuel"
    ACCESSORIAL = "accessorial", "accessorial"
    DISCOUNT = "discount", "discount"
    ADJUSTMENT = "adjustment", "adjustment"
    TAX = "tax", "tax"
    DUTY = "duty", "duty"
    CREDIT = "credit", "credit"


class InvoiceLine(models.Model):
    """BG-25. ``position`` is the order in the document, from 0; ``line_number`` is what the document prints."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    evidence = models.JSONField(default=dict, blank=True)
    line_number = text(50)
    description = models.TextField(blank=True, default="")
    item_code = text(100)
    quantity = number()
    unit = text(50)
    unit_price = number()
    discount = money()
    amount = money()
    tax_rate = number()
    service = text()
    origin = text()
    destination = text()
    zone = text(50)
    billed_weight = number()
    weight_unit = text(20)
    ship_date = models.DateField(null=True, blank=True)
    tracking_number = text(100)
    charge_code = text(50)
    charge_kind = models.CharField(max_length=12, choices=ChargeKind, blank=True, default="", db_default="")
    shipment = models.PositiveIntegerField(
        null=True, blank=True, help_text="The position of its shipment; empty for a line that belongs to none."
    )

    class Meta:
        ordering = ["position"]
        indexes = [
            # Whether a shipment was billed before. Not partial: of such an index PostgreSQL keeps no statistics.
            models.Index(Upper("tracking_number"), name="invoice_line_tracking"),
        ]
        constraints = [models.UniqueConstraint(fields=["invoice", "position"], name="invoice_line_position_once")]

    def __str__(self) -> str:
        return f"{self.position + 1}: {self.description[:60]}"


class Shipment(models.Model):
    """What a carrier's bill charges for; its charges are the lines with its position. ``invoices.records.ShipmentData``
    has the meanings."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="shipments")
    position = models.PositiveIntegerField()
    evidence = models.JSONField(default=dict, blank=True)
    tracking_number = text(100)
    references = models.JSONField(default=list, blank=True)
    ship_date = models.DateField(null=True, blank=True)
    service = text()
    origin = text()
    destination = text()
    zone = text(50)
    equipment = text(50)
    freight_class = text(20)
    actual_weight = number()
    billed_weight = number()
    weight_unit = text(20)
    dimensions = text(100)
    pieces = number()
    declared_value = money()
    payer = text()

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(Upper("tracking_number"), name="shipment_tracking")]
        constraints = [models.UniqueConstraint(fields=["invoice", "position"], name="shipment_position_once")]

    def __str__(self) -> str:
        return self.tracking_number or f"shipment {self.position + 1}"


class InvoiceTax(models.Model):
    """BG-23."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="taxes")
    position = models.PositiveIntegerField()
    category = text(10)
    rate = number()
    base = money()
    amount = money()

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "invoice taxes"
        constraints = [models.UniqueConstraint(fields=["invoice", "position"], name="invoice_tax_position_once")]

    def __str__(self) -> str:
        return f"{self.rate} %: {self.amount}"


class InvoiceReason(models.Model):
    """One reason why a person must look. Replaced as a whole when the invoice is checked again; one that a person
    accepted stays accepted while its sentence and the value of its field are the same."""

    class Origin(models.TextChoices):
        READING = "reading", "noticed while the document was read"
        RULES = "rules", "found by the rules of the books"

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="reasons")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=60)
    field = text(100)
    message = models.TextField()
    blocking = models.BooleanField(default=False)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.RULES)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    accepted_why = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["code", "invoice"], name="invoice_reason_code")]
        constraints = [
            models.UniqueConstraint(fields=["invoice", "position"], name="invoice_reason_position_once"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invoice_reason_accepted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.message
