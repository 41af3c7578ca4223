"""What the review page asks of the pipeline: to read a document again, and what its page says beside its XML."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from common.errors import InvoicesiteError, NotFound
from common.roles import Role, has_role
from invoices.records import HEADER_FIELDS, plain_json
from processing.content import codec
from processing.content.extraction import Extraction
from processing.extractors.einvoice.einvoice import extract_einvoice
from processing.models import ProcessingJob, StoredContent
from processing.queries import document_of
from processing.sandbox import calls
from processing.services.documents import JobOptions
from processing.services.rereading import read_again

HIGHEST_CEILING_USD = Decimal(100)  # a slip of the decimal point, and no document's price
READ_BY_A_PERSON = 10  # the priority of what somebody waits for


@require_POST
def read_again_page(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Start a job with the policy and the ceiling that were asked for, and go back to where the person was."""
    _only_reviewers(request)
    document = document_of(request.user, document_id)
    policy, ceiling = request.POST.get("policy", ""), _usd(request.POST.get("budget_usd", ""))
    if policy not in ProcessingJob.Policy.values or ceiling is None:
        messages.error(request, "Choose how to read it, and enter the ceiling in dollars.")
    else:
        options = JobOptions(policy=policy, budget_usd=ceiling, priority=READ_BY_A_PERSON)
        try:
            read_again(document_id=document.id, options=options)
            messages.success(request, "Reading the document again; its values will update shortly.")
        except InvoicesiteError as error:
            messages.error(request, error.message)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = reverse("admin:processing_document_change", args=[document.id])
    return HttpResponseRedirect(back)


@require_GET
def compare_page(request: HttpRequest, document_id: UUID) -> JsonResponse:
    """What the e-invoice in a PDF says and what is read from its page, field by field."""
    _only_reviewers(request)
    try:
        fields = compare_readings(document_of(request.user, document_id).id)
    except InvoicesiteError as error:
        return JsonResponse({"code": error.code, "message": error.message}, status=error.http_status)
    return JsonResponse({"fields": fields})


def compare_readings(document_id: UUID) -> list[dict[str, Any]]:
    """``name``, ``xml``, ``page`` and ``differs`` of each header field that either side has. What only one side has
    does not differ: pages leave out what is clear, and rules miss what they do not know. Raises NotFound and the errors
    of the readers."""
    stored = StoredContent.objects.filter(document_id=document_id, version=codec.VERSION).first()
    content = codec.decode_content(bytes(stored.data)) if stored is not None else None
    if content is None or content.embedded_xml is None:
        raise NotFound("The file has no embedded e-invoice.")
    by_xml = extract_einvoice(content.embedded_xml)
    by_page = calls.extract_by_rules(replace(content, embedded_xml=None))
    rows = []
    for name in HEADER_FIELDS:
        xml, page = _told(by_xml, name), _told(by_page, name)
        if xml or page:
            differs = bool(xml and page) and xml.casefold().split() != page.casefold().split()
            rows.append({"name": name, "xml": xml, "page": page, "differs": differs})
    return rows


def _told(extraction: Extraction, name: str) -> str:
    value = extraction.fields.get(name)
    return str(plain_json(value.value)) if value is not None else ""


def _usd(text: str) -> Decimal | None:
    try:
        amount = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 <= amount <= HIGHEST_CEILING_USD else None


def _only_reviewers(request: HttpRequest) -> None:
    if not has_role(request.user, Role.REVIEWER):
        raise PermissionDenied
