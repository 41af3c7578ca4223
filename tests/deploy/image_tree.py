"""The tree that the image has, made of this machine's folders in a mount namespace: its paths, its user, a root that
cannot be written, and memory where the compose file has it. Nothing is built, nothing of the machine changes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from deploy.checks.product import ROOT

USER = 10001
HOME = "/srv/invoicesite"
# The interpreter may live in a folder that only root may enter: it is shown at its own path in an emptied one.
_SCRIPT = """
set -e
mount --make-rprivate /
mkdir -p /run/tree && mount -t tmpfs -o mode=755 tmpfs /run/tree
mkdir /run/tree/base /run/tree/venv /run/tree/home
mount --bind "$BASE" /run/tree/base && mount --bind "$VENV" /run/tree/venv && mount --bind "$CHECKOUT" /run/tree/home
for folder in /root /opt /srv; do mount -t tmpfs -o mode=755 tmpfs $folder; done
mkdir -p "$BASE" /opt/venv /srv/invoicesite
mount --bind /run/tree/base "$BASE" && mount --bind /run/tree/venv /opt/venv
mount --bind /run/tree/home /srv/invoicesite
for folder in / /root /opt /srv "$BASE" /opt/venv /srv/invoicesite; do mount -o remount,bind,ro $folder; done
mount -t tmpfs -o mode=1777 tmpfs /tmp
mount -t tmpfs -o mode=755 tmpfs /srv/invoicesite/var
for folder in tmp prometheus metrics storage; do mkdir /srv/invoicesite/var/$folder; done
chown -R $USER /srv/invoicesite/var/* && chmod 555 /srv/invoicesite/var
cd /srv/invoicesite
exec setpriv --reuid=$USER --regid=$USER --clear-groups --no-new-privs --inh-caps=-all -- "$@"
"""


def can_be_made() -> bool:
    """Whether this process may make mounts of its own."""
    if os.geteuid() != 0 or shutil.which("unshare") is None or shutil.which("setpriv") is None:
        return False
    return subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode == 0


def started(command: list[str], environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    """A command of the image, with the image's own environment and this one; it leads a process group."""
    (ROOT / "var").mkdir(exist_ok=True)
    paths = {"BASE": sys.base_prefix, "VENV": str(Path(sys.prefix).resolve()), "CHECKOUT": str(ROOT), "USER": str(USER)}
    image = {
        "PATH": "/opt/venv/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": HOME,
        "PYTHONUNBUFFERED": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "LOG_FORMAT": "json",
        "DJANGO_SETTINGS_MODULE": "invoicesite.settings",
        "PROMETHEUS_MULTIPROC_DIR": f"{HOME}/var/prometheus",
    }
    # A script of the environment names its interpreter by a path of this machine.
    program = ["python", "-m", *command] if command[0] == "uvicorn" else command
    with log.open("wb") as output:
        return subprocess.Popen(
            ["unshare", "--mount", "sh", "-c", _SCRIPT, "tree", *program],
            env={**image, **environment, **paths}, stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip
