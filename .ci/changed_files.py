"""Refuses files that hold a secret or are large. usage: python .ci/changed_files.py FILE …"""

from __future__ import annotations

import re
import sys
from pathlib import Path

MOST_BYTES = 1_000_000
# Shapes of keys that are never anything else; what tests make up says "only-for" or "example" and matches none of them.
SECRETS = {
    "a private key": re.compile(rb"-----BEGIN (?:RSA |EC |OPENSSH |ENCRYPTED )?PRIVATE KEY-----\s+[A-Za-z0-9+/=]{40}"),
    "a key of a model's provider": re.compile(rb"\bsk-(?:proj-|ant-)?[A-Za-z0-9_-]{32,}"),
    "an access key of AWS": re.compile(rb"\bAKIA[0-9A-Z]{16}\b"),
    "a key of an Azure account": re.compile(rb"AccountKey=[A-Za-z0-9+/]{60,}=="),
    "a token of GitHub": re.compile(rb"\bgh[pousr]_[A-Za-z0-9]{36}\b"),
    "a key for Google's services": re.compile(rb"\bAIza[0-9A-Za-z_-]{35}\b"),
    "a secret of age": re.compile(rb"AGE-SECRET-KEY-1[0-9A-Z]{58}"),
}


def faults(path: Path) -> list[str]:
    """What is wrong with a file, as sentences."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        return [f"{path}: {size} bytes; large files do not belong here (at most {MOST_BYTES})."]
    data = path.read_bytes()
    return [f"{path}: holds {name}." for name, pattern in SECRETS.items() if pattern.search(data)]


def main() -> int:
    found = [fault for name in sys.argv[1:] if Path(name).is_file() for fault in faults(Path(name))]
    print(*found, sep="\n", end="\n" if found else "")
    return bool(found)


if __name__ == "__main__":
    raise SystemExit(main())
