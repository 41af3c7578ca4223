"""The secret key of a checkout that has none in its environment."""

import os
import secrets
import tempfile
from pathlib import Path


def kept_secret_key(path: Path) -> str:
    """The key kept at `path`, readable by its owner alone; made at first use, the same for processes that race."""
    try:
        return path.read_text()
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".secret_key-")
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(50))
    try:
        os.link(draft, path)
    except FileExistsError:
        # Another process was quicker: its key holds.
        pass
    finally:
        os.unlink(draft)
    return path.read_text()
