"""A typed Python client, generated from the schema, does the main things: signs in, submits, waits, reads."""

from __future__ import annotations

import importlib
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings

from processing.pipeline.run import run_job
from tests.api_schema import made_schema
from tests.invoices.audited import carrier_card, carrier_invoice

PACKAGE = "generated_api_client"
INVOICE = b"""INVOICE
Vendor: Northwind Tools Ltd
Invoice number: 4711
Invoice date: 2026-03-02
Item            Quantity   Price    Amount
Socket set             2   50.00    100.00
Net 100.00 EUR
VAT 20 % 20.00 EUR
Total 120.00 EUR
"""


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of the generated package."""
    folder = tmp_path_factory.mktemp("client")
    schema, config = folder / "schema.json", folder / "config.json"
    schema.write_text(json.dumps(made_schema(), default=str))
    config.write_text(json.dumps({"post_hooks": [], "package_name_override": PACKAGE}))
    command = ["generate", "--path", schema, "--config", config, "--meta", "none", "--output-path", folder / PACKAGE]
    done = subprocess.run(
        [sys.executable, "-m", "openapi_python_client", *map(str, command)], capture_output=True, text=True, timeout=100
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Warning" not in done.stdout, done.stdout
    sys.path.insert(0, str(folder))
    yield folder
    sys.path.remove(str(folder))


def part(name: str) -> ModuleType:
    return importlib.import_module(f"{PACKAGE}.{name}")


@pytest.mark.django_db(transaction=True)
def test_the_generated_client_signs_in_submits_waits_and_reads(
    generated: Path, live_server: Any, own_storage: Path, settings: Settings
) -> None:
    kim = User.objects.create_user("kim", password="kim-secret-words", is_superuser=True)
    models: Any = part("models")
    anonymous = part("client").Client(base_url=live_server.url)
    credentials = models.CredentialsRequest(username="kim", password="kim-secret-words")
    tokens = part("api.auth.auth_token").sync(client=anonymous, body=credentials)
    client = part("client").AuthenticatedClient(base_url=live_server.url, token=tokens.access)

    file = part("types").File(payload=io.BytesIO(INVOICE), file_name="march.txt", mime_type="text/plain")
    submitted = part("api.documents.documents_submit").sync(client=client, body=models.SubmitFileRequest(file=file))
    assert submitted.status == models.JobStatus.PENDING
    assert isinstance(submitted.id, UUID)
    run_job(submitted.id)

    job = part("api.jobs.jobs_retrieve").sync(submitted.id, client=client, prefer="wait=1")
    assert job.status == models.JobStatus.COMPLETED
    invoice = part("api.invoices.invoices_retrieve").sync(job.invoice, client=client)
    assert (invoice.invoice_number, Decimal(invoice.total_amount)) == ("4711", Decimal(120))

    listed = part("api.jobs.jobs_list").sync(client=client, status=models.JobStatus.FAILED)
    assert listed.results == []
    carrier_card(kim)
    audited = carrier_invoice(kim)
    dear = models.FindingCode.OVERCHARGED
    (finding,) = part("api.findings.findings_list").sync(client=client, code=[dear], invoice=audited.id).results
    assert (finding.code, Decimal(finding.difference), finding.source["value"]) == (dear, Decimal("1.7"), "Rates!B3")
    said = models.FindingDecisionRequest(why="Claimed")
    disputed = part("api.findings.findings_dispute").sync(finding.id, client=client, body=said)
    assert (disputed.status, disputed.decided_by) == (models.FindingStatus.DISPUTED, "kim")
    sums = part("api.findings.findings_summary").sync(client=client, status=[disputed.status])
    assert [Decimal(vendor.difference) for vendor in sums.vendors] == [Decimal("1.7")]

    refused = part("api.jobs.jobs_retry").sync(submitted.id, client=client)
    assert (refused.code, refused.status) == ("invalid_state", 409)
