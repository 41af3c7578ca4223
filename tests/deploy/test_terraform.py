"""Terraform: a wrong argument, a missing one, a missing probe, a reference to nothing and a secret are found."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from django.db import connection

from deploy.checks.terraform import FOLDER, check_module
from processing.models import ProcessingJob
from processing.queueing import LANES, in_lane
from processing.services.jobs import due_now


def changed(tmp_path: Path, file: str, old: str, new: str) -> list[str]:
    module = tmp_path / Path(file).parent
    shutil.copytree(FOLDER / Path(file).parent, module)
    path = tmp_path / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return check_module(module)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("azure/storage.tf", "min_tls_version ", "minimum_tls_version ", "there is no argument minimum_tls_version"),
        (
            "azure/storage.tf",
            'account_tier                    = "Standard"\n',
            "",
            "the argument account_tier is missing",
        ),
        (
            "azure/storage.tf",
            "  delete_retention_policy {",
            "  delete_retention {",
            "no block blob_properties.delete_retention",
        ),
        (
            "azure/apps.tf",
            "failure_count_threshold = 10",
            "failure_threshold = 10",
            "template.container.startup_probe.failure_thr",
        ),
        ("azure/apps.tf", "liveness_probe {", "readiness_probe {", "container web has no liveness_probe"),
        ("azure/apps.tf", "var.web.min", "var.webb.min", "var.webb is not declared"),
        ("azure/apps.tf", "local.image", "local.picture", "local.picture is not declared"),
        ("azure/apps.tf", "azurerm_key_vault.main.vault_uri", "azurerm_key_vault.main.uri", "has no attribute uri"),
        ("azure/apps.tf", "azurerm_key_vault.main.vault_uri", "azurerm_key_vault.own.vault_uri", "own is not declared"),
        ("azure/apps.tf", "MONTHLY_BUDGET_USD", "MONTHLY_BUDGET", "no variable MONTHLY_BUDGET"),
        ("azure/apps.tf", '"keyvault:django-secret-key"', f'"{"x" * 50}"', "DJANGO_SECRET_KEY holds a secret"),
        (
            "azure/database.tf",
            "random_password.database.result",
            '"hunter2hunter2"',
            "administrator_password holds a secret",
        ),
        ("azure/monitor.tf", "azurerm_consumption_budget_resource_group", "azurerm_budget", "in no list of arguments"),
        (
            "azure/main.tf",
            'resource "azurerm_subnet" "apps" {',
            'resource "azurerm_subnet" "apps" {{',
            "cannot be parsed",
        ),
        ("aws/tasks.tf", "healthCheck = ", "health = ", "container has no healthCheck"),
        ("aws/database.tf", "multi_az ", "multi_zone ", "there is no argument multi_zone"),
        ("aws/balancer.tf", "  health_check {", "  tags_all = {", "has no health_check"),
    ],
)
def test_what_is_wrong_with_a_module_is_found(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    found = changed(tmp_path, file, old, new)
    assert any(said in problem for problem in found), found


@pytest.mark.django_db
@pytest.mark.parametrize("lane", LANES)
def test_the_scale_rule_asks_for_the_age_of_the_queue_as_the_product_counts_it(lane: str) -> None:
    query = re.search(
        r'query += "(.+ = )\$\{each\.value\.lane == "batch"\}"', (FOLDER / "azure" / "apps.tf").read_text()
    )
    assert query
    with connection.cursor() as cursor:
        cursor.execute(query[1] + ("true" if lane == "batch" else "false"))
        assert cursor.fetchone() == (0,)
    # The same conditions, by the names of their columns.
    ours = str(ProcessingJob.objects.filter(due_now(), in_lane(lane)).query)
    for column in ("status", "cancel_requested", "not_before", "batch_id", "priority"):
        assert f'"{column}"' in ours
        assert column in query[1]
