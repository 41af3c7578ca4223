"""How tests hash passwords: as the site does, without what makes guessing slow."""

from __future__ import annotations

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class QuickHasher(PBKDF2PasswordHasher):
    """Other processes of a test check these passwords with the site's own hasher: a hash names its rounds."""

    iterations = 1
