"""Terraform modules, parsed: every argument against the list of those that a provider's documentation names
(``deploy/terraform/arguments``), every reference against what is declared, and no secret in them.

This is not ``terraform validate``, which needs the providers themselves.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import hcl2

from deploy.checks.product import DEPLOY, unknown_names
from deploy.checks.secrets import secrets_in

FOLDER = DEPLOY / "terraform"
_META = frozenset({"count", "for_each", "depends_on", "provider", "lifecycle"})
_LIFECYCLE = frozenset(
    {
        "create_before_destroy",
        "prevent_destroy",
        "ignore_changes",
        "replace_triggered_by",
        "precondition",
        "postcondition",
    }
)
_REFERENCE = re.compile(
    r"(?<![\w.\"-])(data\.)?([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\.([a-z_][\w-]*)(?:\[[^\]]*\])?(?:\.([a-z_]\w*))?"
)
_PLAIN = re.compile(r"(?<![\w.\"-])(var|local)\.([a-z_]\w*)")
_PROBES = {
    "azurerm_container_app": ("startup_probe", "liveness_probe"),
}


def check_modules() -> list[str]:
    """Problems of both modules."""
    return [problem for name in ("azure", "aws") for problem in check_module(FOLDER / name)] + _format()


def check_module(folder: Path) -> list[str]:
    """Problems of a module in a folder."""
    files: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.tf")):
        try:
            files[path.name] = _parsed(path.read_text(encoding="utf-8"))
        except Exception as error:  # whatever the parser raises, the file is wrong
            return [f"terraform: {folder.name}/{path.name} cannot be parsed: {error}"[:400]]
    found: list[str] = []
    declared = _declared(files)
    for file, data in files.items():
        where = f"terraform: {folder.name}/{file}"
        for kind, address, body in _resources(data):
            found += [f"{where}: {address}: {problem}" for problem in check_resource(kind, body)]
        text = (folder / file).read_text(encoding="utf-8")
        found += [f"{where}: {problem}" for problem in _references(re.sub(r"(?m)^\s*#.*$", "", text), declared)]
        found += secrets_in({key: value for key, value in data.items() if key != "output"}, where)
        environment = _environment(text)
        found += unknown_names(list(environment), where)
        literals = {name: value.strip('"') for name, value in environment.items() if value.startswith('"')}
        found += secrets_in(literals, where)
    return found


def check_resource(kind: str, body: dict[str, Any]) -> list[str]:
    """Problems of one resource, or of a data source whose ``kind`` begins with ``data.``."""
    known = _arguments().get(kind)
    if known is None:
        return [f"{kind} is in no list of arguments"]
    found = list(_block(body, known, "", top=True))
    for probe in _PROBES.get(kind, ()):
        for template in body.get("template", []):
            for container in template.get("container", []):
                found += [] if probe in container else [f"container {container['name']} has no {probe}"]
    if kind == "aws_ecs_task_definition" and "healthCheck" not in str(body.get("container_definitions")):
        found.append("container has no healthCheck")
    if kind == "aws_lb_target_group" and "health_check" not in body:
        found.append("has no health_check")
    return found


def _block(body: dict[str, Any], known: dict[str, Any], path: str, *, top: bool = False) -> Iterator[str]:
    blocks: dict[str, Any] = known.get("blocks", {})
    plain = {*known.get("required", ()), *known.get("optional", ())}
    given: set[str] = set()
    for name, value in body.items():
        if name.startswith("__"):
            continue
        if name == "dynamic":
            for entry in value:
                ((inner, dynamic),) = ((key, found) for key, found in entry.items() if not key.startswith("__"))
                given.add(inner)
                yield from _blocks(inner, dynamic["content"], blocks, path)
            continue
        given.add(name)
        if top and name == "lifecycle":
            yield from (
                f"lifecycle has no argument {key}" for part in value for key in part if not _may(key, _LIFECYCLE)
            )
        elif _is_block(value):
            yield from _blocks(name, value, blocks, path)
        elif name not in plain and not (top and name in _META):
            yield f"there is no argument {path}{name}"
    yield from (f"the argument {path}{name} is missing" for name in known.get("required", ()) if name not in given)
    yield from (
        f"the block {path}{name} is missing" for name, b in blocks.items() if b.get("needed") and name not in given
    )


def _blocks(name: str, bodies: list[dict[str, Any]], blocks: dict[str, Any], path: str) -> Iterator[str]:
    if name not in blocks:
        yield f"there is no block {path}{name}"
        return
    if len(bodies) > 1 and not blocks[name].get("many"):
        yield f"the block {path}{name} stands there twice"
    for body in bodies:
        yield from _block(body, blocks[name], f"{path}{name}.")


def _may(name: str, allowed: frozenset[str]) -> bool:
    return name.startswith("__") or name in allowed


def _is_block(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict) and "__is_block__" in value[0]


def _resources(data: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for prefix, key in (("", "resource"), ("data.", "data")):
        for entry in data.get(key, []):
            for kind, named in entry.items():
                for name, body in named.items():
                    yield prefix + kind, f"{prefix}{kind}.{name}", body


def _declared(files: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """What may be referred to: variables, locals, and resources by their kind."""
    declared: dict[str, Any] = {"var": set(), "local": set(), "resources": set()}
    for data in files.values():
        declared["var"] |= {name for entry in data.get("variable", []) for name in entry}
        declared["local"] |= {name for entry in data.get("locals", []) for name in entry if not name.startswith("__")}
        declared["resources"] |= {address for _, address, _ in _resources(data)}
    return declared


def _references(text: str, declared: dict[str, Any]) -> Iterator[str]:
    for kind, name in sorted(set(_PLAIN.findall(text))):
        if name not in declared[kind]:
            yield f"{kind}.{name} is not declared"
    kinds = {address.removeprefix("data.").split(".")[0] for address in declared["resources"]} | set(_arguments())
    for prefix, kind, name, attribute in sorted(set(_REFERENCE.findall(text))):
        if kind not in kinds:
            continue
        if f"{prefix}{kind}.{name}" not in declared["resources"]:
            yield f"{prefix}{kind}.{name} is not declared"
        elif attribute and attribute not in _readable(f"{prefix}{kind}"):
            yield f"{prefix}{kind} has no attribute {attribute}"


def _readable(kind: str) -> set[str]:
    known = _arguments().get(kind, {})
    parts = (known.get(part, ()) for part in ("required", "optional", "readable", "blocks"))
    return {"id"}.union(*map(set, parts))


def _environment(text: str) -> dict[str, str]:
    """What is written for variables of the product in maps named environment: literals in their quotation marks."""
    maps = re.findall(r"environment\s*=\s*(?:merge\()?\s*\{(.*?)\n  (?:\}|\))", text, re.DOTALL)
    return dict(pair for found in maps for pair in re.findall(r"(?m)^\s*([A-Z][A-Z0-9_]+)\s*=\s*(.+)$", found))


@cache
def _parsed(text: str) -> dict[str, Any]:
    found: dict[str, Any] = _unquoted(hcl2.loads(text))
    return found


def _unquoted(value: Any) -> Any:
    """The parser leaves the quotation marks of literals."""
    if isinstance(value, dict):
        return {_unquoted(key): _unquoted(found) for key, found in value.items() if key != "__comments__"}
    if isinstance(value, list):
        return [_unquoted(found) for found in value]
    if isinstance(value, str) and len(value) > 1 and value[0] == value[-1] == '"':
        return value[1:-1]
    return value


@cache
def _arguments() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted((FOLDER / "arguments").glob("*.json")):
        found |= json.loads(path.read_text(encoding="utf-8"))["resources"]
    return found


def _format() -> list[str]:
    """What Terraform's own parser and formatter say, where the program is at hand."""
    program = shutil.which("terraform")
    if program is None:
        print("SKIPPED terraform fmt: the program is not installed.")
        return []
    done = subprocess.run(
        [program, "fmt", "-check", "-recursive", str(FOLDER)], capture_output=True, text=True, check=False
    )
    return [] if done.returncode == 0 else [f"terraform fmt: {(done.stdout + done.stderr).strip()[-600:]}"]
