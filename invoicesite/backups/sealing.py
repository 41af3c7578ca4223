"""Encryption of backups by age (age-encryption.org): to one or several recipients, opened by an identity."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

import pyrage

from invoicesite.backups.errors import BackupRefused

PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Seal:
    """Whom a backup is encrypted for; no recipients leave it plain. ``key`` names them without telling them."""

    recipients: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        joined = "\n".join(sorted(self.recipients))
        return hashlib.sha256(joined.encode()).hexdigest()[:16] if self.recipients else PLAIN

    @property
    def suffix(self) -> str:
        return ".age" if self.recipients else ""

    def close(self, source: Path, target: Path) -> None:
        """Write ``source`` to ``target``, encrypted. Raises BackupRefused for what is no recipient."""
        if not self.recipients:
            shutil.copyfile(source, target)
            return
        try:
            keys = [pyrage.x25519.Recipient.from_str(text) for text in self.recipients]
        except pyrage.RecipientError as error:
            raise BackupRefused("The key to encrypt for is no age recipient (it begins with age1).") from error
        pyrage.encrypt_file(str(source), str(target), keys)


def open_sealed(source: Path, target: Path, *, identity: str) -> None:
    """Write what is in ``source`` to ``target``. Raises BackupRefused where the identity does not open it."""
    try:
        key = pyrage.x25519.Identity.from_str(identity.strip())
    except pyrage.IdentityError as error:
        raise BackupRefused("The key is no age identity (it begins with AGE-SECRET-KEY-1).") from error
    try:
        pyrage.decrypt_file(str(source), str(target), [key])
    except pyrage.DecryptError as error:
        raise BackupRefused("The backup was encrypted for another key, or it is damaged.") from error


def read_identity(path: Path) -> str:
    """The key in a file as age-keygen writes it. Raises BackupRefused where it cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BackupRefused(f"The key cannot be read from {path}.") from error
    return next((line for line in lines if line.strip() and not line.startswith("#")), "")
