"""The compose file: valid by the compose specification, and its services closed and watched."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from deploy.checks.product import DEPLOY, unknown_names
from deploy.checks.secrets import secrets_in

FILE = DEPLOY / "compose" / "compose.yaml"
PROFILES = frozenset({"core", "full", "dev"})
_MAY_WRITE = frozenset({"postgres", "docling"})  # these images write where they please


def check_compose(text: str) -> list[str]:
    """Problems of a compose file given as text."""
    data: dict[str, Any] = yaml.safe_load(text)
    found = [
        f"compose: {'.'.join(map(str, error.path))}: {error.message[:200]}" for error in _schema().iter_errors(data)
    ]
    services: dict[str, Any] = data.get("services", {})
    volumes, networks = set(data.get("volumes", {})), set(data.get("networks", {}))
    for name, service in services.items():
        found += [f"compose: {name} {problem}" for problem in _problems(name, service)]
        for other in service.get("depends_on", {}):
            if other not in services:
                found.append(f"compose: {name} waits for {other}, which is no service")
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source[0] not in "./" and source not in volumes:
                found.append(f"compose: {name} mounts {source}, which is no volume")
            if source.startswith(".") and not (FILE.parent / source).exists():
                found.append(f"compose: {name} mounts {source}, which is not there")
        found += [
            f"compose: {name} is on no network {net}" for net in service.get("networks", []) if net not in networks
        ]
        if "invoicesite:" in service.get("image", ""):
            found += unknown_names(list(service.get("environment", {})), f"compose: {name}")
    found += secrets_in({name: service.get("environment", {}) for name, service in services.items()}, "compose")
    return found


def commands(text: str) -> dict[str, list[str]]:
    """The command of each service that names one."""
    services = yaml.safe_load(text)["services"]
    return {name: list(map(str, service["command"])) for name, service in services.items() if "command" in service}


def _problems(name: str, service: dict[str, Any]) -> list[str]:
    found = []
    profiles = set(service.get("profiles", []))
    if not profiles or not profiles <= PROFILES:
        found.append("is in none of the profiles core, full, dev, or in others")
    if "healthcheck" not in service:
        found.append("has no healthcheck")
    _, colon, tag = re.sub(r"^\$\{\w+:-(.+)\}$", r"\1", service.get("image", "")).rpartition(":")
    if not colon or not tag or tag == "latest" or "/" in tag:
        found.append("has an image without a version")
    if service.get("cap_drop") != ["ALL"]:
        found.append("keeps the capabilities of root")
    if "no-new-privileges:true" not in service.get("security_opt", []):
        found.append("may gain privileges")
    if service.get("privileged"):
        found.append("is privileged")
    if not service.get("read_only") and name not in _MAY_WRITE:
        found.append("has a root that can be written")
    if "invoicesite:" in service.get("image", "") and str(service.get("user", "0")).split(":")[0] in ("0", "root"):
        found.append("runs as root")
    if any("docker.sock" in str(volume) for volume in service.get("volumes", [])):
        found.append("holds the engine's socket")
    return found


@cache
def _schema() -> Draft202012Validator:
    text = files("check_jsonschema").joinpath("builtin_schemas/vendor/compose-spec.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))
