"""What the product itself says: its variables of the environment and its pages."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DEPLOY = ROOT / "deploy"

# Read by libraries, not by the settings.
_OF_LIBRARIES = frozenset(
    ["AWS_REGION", "AWS_ENDPOINT_URL_S3", "AZURE_CLIENT_ID", "GOOGLE_APPLICATION_CREDENTIALS", "WEB_CONCURRENCY",
     "PROMETHEUS_MULTIPROC_DIR", "BUILD_COMMIT", "PYTHONUNBUFFERED"]
)  # fmt: skip


@cache
def environment_names() -> frozenset[str]:
    """The variables that the product reads."""
    code = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "invoicesite").glob("*.py")))
    return _OF_LIBRARIES | frozenset(re.findall(r"env\.[a-z_]+\(\s*\"([A-Z][A-Z0-9_]+)\"", code))


def unknown_names(names: list[str], where: str) -> list[str]:
    """A problem for each variable that the product does not read."""
    return [f"{where}: the product reads no variable {name}" for name in names if name not in environment_names()]
