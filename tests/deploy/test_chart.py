"""The Helm chart: a wrong argument, a missing probe and a secret in a values file are found. That it has nothing of it
itself is checked by ``python -m deploy``."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from helm_python import HelmError

from deploy.checks.chart import CHART, check_chart, check_object, render, value_files

KINDS = {
    "Deployment", "Service", "HorizontalPodAutoscaler", "ScaledObject", "Job", "ServiceAccount", "Ingress",
    "NetworkPolicy", "PodDisruptionBudget", "PodMonitor", "PrometheusRule", "ConfigMap",
}  # fmt: skip


def objects(name: str = "values-aws.yaml") -> list[dict[str, Any]]:
    return render(value_files()[name])


def one(kind: str, name: str = "") -> dict[str, Any]:
    return next(found for found in objects() if found["kind"] == kind and name in found["metadata"]["name"])


def test_everything_that_a_site_needs_is_rendered() -> None:
    found = objects()
    assert {rendered["kind"] for rendered in found} == KINDS
    lanes = [
        rendered for rendered in found if rendered["kind"] == "Deployment" and "worker" in rendered["metadata"]["name"]
    ]
    commands = [lane["spec"]["template"]["spec"]["containers"][0]["command"][-1] for lane in lanes]
    assert sorted(commands) == ["batch", "invoicesite"]


def test_the_ingress_is_an_application_load_balancer_on_aws() -> None:
    ingress = one("Ingress")
    assert ingress["spec"]["ingressClassName"] == "alb"
    assert ingress["metadata"]["annotations"]["alb.ingress.kubernetes.io/healthcheck-path"] == "/api/health/ready/"
    assert not [name for name in ingress["metadata"]["annotations"] if name.startswith("nginx")]


def test_migrations_run_before_the_pods_of_a_release() -> None:
    assert one("Job")["metadata"]["annotations"]["helm.sh/hook"] == "pre-install,pre-upgrade"


@pytest.mark.parametrize("probe", ["startupProbe", "livenessProbe", "readinessProbe"])
def test_a_missing_probe_is_found(probe: str) -> None:
    web = one("Deployment", "web")
    assert check_object(web) == []
    del web["spec"]["template"]["spec"]["containers"][0][probe]
    assert check_object(web) == [f"web has no {probe}"]


def test_a_wrong_argument_of_an_object_is_found() -> None:
    web, scaled = one("Deployment", "web"), one("ScaledObject", "batch")
    web["spec"]["template"]["spec"]["containers"][0]["livenessProbe"]["periodSecond"] = 3
    assert any("periodSecond" in problem for problem in check_object(web))
    scaled["spec"]["maxReplicas"] = 3
    assert any("maxReplicas" in problem for problem in check_object(scaled))


def test_a_secret_in_a_pod_is_found() -> None:
    web = one("Deployment", "web")
    container = web["spec"]["template"]["spec"]["containers"][0]
    container["env"].append({"name": "OPENAI_API_KEY", "value": "abc"})
    assert check_object(web) == ["web: OPENAI_API_KEY holds a secret"]


@pytest.mark.parametrize(
    "values",
    [
        {"web": {"replica": 3}},
        {"webb": {}},
        {"image": {"tag": "latest"}},
        {"workers": {"fast": {"lane": "express"}}},
        {"env": {"STORAGE_URL": "file:///srv"}},
    ],
)
def test_a_value_that_no_template_reads_or_that_cannot_work_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(HelmError):
        render(values)


def test_a_secret_and_a_misspelt_variable_in_a_values_file_are_found(tmp_path: Path) -> None:
    chart = tmp_path / "invoicesite"
    shutil.copytree(CHART, chart)
    for path in chart.glob("values-*.yaml"):
        path.unlink()
    own = {"env": {"DJANGO_SECRET_KEY": "x" * 50, "MONTHLY_BUDGET": "100", "DATABASE_URL": "keyvault:database-url"}}
    (chart / "values-own.yaml").write_text(yaml.safe_dump(own))
    found = check_chart(chart)
    assert "helm: values-own.yaml: env.DJANGO_SECRET_KEY holds a secret" in found
    assert "helm: values-own.yaml: the product reads no variable MONTHLY_BUDGET" in found
    assert not [problem for problem in found if "DATABASE_URL" in problem]
