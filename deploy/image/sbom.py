"""Writes the bill of materials of the environment that runs it, as CycloneDX 1.6: Python's and Debian's packages.

``python deploy/image/sbom.py FILE``. It uses the standard library alone, so that an image needs nothing more for it.
The same packages give the same bytes: no time of day, no random serial number.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import shutil
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import quote


def bill_of_materials(*, version: str) -> dict[str, Any]:
    """All packages, in order of their addresses (purl)."""
    components = sorted([*_python_packages(), *_debian_packages()], key=lambda component: str(component["purl"]))
    seen = hashlib.sha256("\n".join(str(component["purl"]) for component in components).encode()).hexdigest()
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.UUID(seen[:32], version=4)}",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "name": "invoicesite", "version": version, "bom-ref": "invoicesite"}
        },
        "components": components,
    }


def _python_packages() -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for package in importlib.metadata.distributions():
        name, version = package.metadata["Name"], package.version
        purl = f"pkg:pypi/{name.lower().replace('_', '-')}@{version}"
        found[purl] = {"type": "library", "name": name, "version": version, "purl": purl, "bom-ref": purl} | _licence(
            package.metadata.json.get("license_expression")
        )
    return list(found.values())


def _licence(expression: str | list[str] | None) -> dict[str, Any]:
    return {"licenses": [{"expression": expression}]} if expression else {}


def _debian_packages() -> list[dict[str, Any]]:
    query = shutil.which("dpkg-query")
    if query is None:
        return []
    lines = subprocess.run(
        [query, "--show", "--showformat", "${db:Status-Status} ${Package} ${Version} ${Architecture}\n"],
        capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    found = []
    for status, name, version, architecture in (line.split(" ") for line in lines):
        if status == "installed":
            purl = f"pkg:deb/debian/{name}@{quote(version, safe='.-_~')}?arch={architecture}"
            found.append({"type": "library", "name": name, "version": version, "purl": purl, "bom-ref": purl})
    return found


if __name__ == "__main__":
    target = Path(sys.argv[1])
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
    from invoicesite import __version__

    target.write_text(json.dumps(bill_of_materials(version=__version__), indent=1) + "\n", encoding="utf-8")
