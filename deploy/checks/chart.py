"""The Helm chart: linted and rendered by Helm itself, each object checked by Kubernetes' own schemas and by ours."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import helm_python
import kubernetes_validate
import yaml
from jsonschema import Draft202012Validator

from deploy.checks.product import DEPLOY, unknown_names
from deploy.checks.secrets import secrets_in

CHART = DEPLOY / "helm" / "invoicesite"
# The oldest that Chart.yaml promises, and the newest that is known.
KUBERNETES_VERSIONS = ("1.27", "1.37")
# Objects of operators, which Kubernetes has no schema for.
_OWN_SCHEMAS = {
    ("keda.sh/v1alpha1", "ScaledObject"),
    ("monitoring.coreos.com/v1", "PodMonitor"),
    ("monitoring.coreos.com/v1", "PrometheusRule"),
}
_SCHEMA_FOLDER = Path(__file__).with_name("schemas")
_ONLY_SAID = 1  # Helm's severity of what may stay, as a chart without an icon
_PROBES = ("startupProbe", "livenessProbe")


def value_files(chart: Path = CHART) -> dict[str, dict[str, Any]]:
    """The chart's defaults and each ``values-….yaml`` beside them."""
    return {
        path.name: yaml.safe_load(path.read_text(encoding="utf-8")) or {} for path in sorted(chart.glob("values*.yaml"))
    }


def check_chart(chart: Path = CHART) -> list[str]:
    """Problems of the chart in a folder: Helm's lint, its values, and what it renders with each of its value files."""
    found = [f"helm lint: {message}" for message in _lint(chart)]
    for name, values in value_files(chart).items():
        found += secrets_in(values, f"helm: {name}")
        found += unknown_names(list(values.get("env", {})), f"helm: {name}")
        try:
            objects = render(values, chart=chart)
        except helm_python.HelmError as error:
            found.append(f"helm: {name} cannot be rendered: {error}")
            continue
        for rendered in objects:
            where = f"helm: {name}: {rendered['kind']} {rendered['metadata']['name']}"
            found += [f"{where}: {problem}" for problem in check_object(rendered)]
    return found


def render(values: dict[str, Any], *, chart: Path = CHART) -> list[dict[str, Any]]:
    """The objects of the chart with these values over its defaults. Raises HelmError where the values are not those of
    its schema."""
    with helm_python.Chart.load(chart) as loaded:
        texts = loaded.render(values=values, name="invoicesite", namespace="invoicesite")
    return [
        found
        for name, text in sorted(texts.items())
        if name.endswith(".yaml")
        for found in yaml.safe_load_all(text)
        if found
    ]


def check_object(rendered: dict[str, Any]) -> list[str]:
    """Problems of one object: by schema, and for pods what the schemas leave open."""
    key = (rendered["apiVersion"], rendered["kind"])
    if key in _OWN_SCHEMAS:
        schema = json.loads((_SCHEMA_FOLDER / f"{rendered['kind'].lower()}.json").read_text(encoding="utf-8"))
        found = [
            f"{'.'.join(map(str, error.path))}: {error.message}"
            for error in Draft202012Validator(schema).iter_errors(rendered)
        ]
    else:
        found = list(_by_kubernetes(rendered))
    if rendered["kind"] in ("Deployment", "Job"):
        found += _pod_problems(rendered["spec"]["template"]["spec"], runs_on=rendered["kind"] == "Deployment")
    if rendered["kind"] == "Secret":
        found.append("the chart makes a secret, where it should name one")
    return found


def _lint(chart: Path) -> Iterator[str]:
    report = helm_python.lint(chart)
    for message in report["messages"]:
        if message["severity"] > _ONLY_SAID:
            yield f"{message['path']}: {message['error']}"


def _by_kubernetes(rendered: dict[str, Any]) -> Iterator[str]:
    logging.getLogger("kubernetes-validate").setLevel(logging.ERROR)
    for version in KUBERNETES_VERSIONS:
        try:
            kubernetes_validate.validate(rendered, version, strict=True)
        except kubernetes_validate.ValidationError as error:
            yield f"Kubernetes {version}: {'.'.join(map(str, error.path))}: {error.message[:200]}"


def _pod_problems(pod: dict[str, Any], *, runs_on: bool) -> list[str]:
    found = []
    if not pod.get("securityContext", {}).get("runAsNonRoot"):
        found.append("may run as root")
    for container in pod["containers"]:
        name, security = container["name"], container.get("securityContext", {})
        if runs_on:
            found += [f"{name} has no {probe}" for probe in _PROBES if probe not in container]
        serves = "http" in [port.get("name") for port in container.get("ports", [])]
        if runs_on and serves and "readinessProbe" not in container:
            found.append(f"{name} has no readinessProbe")
        if not security.get("readOnlyRootFilesystem"):
            found.append(f"{name} has a root that can be written")
        if security.get("allowPrivilegeEscalation", True) or security.get("capabilities", {}).get("drop") != ["ALL"]:
            found.append(f"{name} may gain privileges")
        if not container.get("resources", {}).get("limits", {}).get("memory"):
            found.append(f"{name} has no limit of memory")
        found += unknown_names([variable["name"] for variable in container.get("env", [])], name)
        found += secrets_in({variable["name"]: variable.get("value") for variable in container.get("env", [])}, name)
    return found
