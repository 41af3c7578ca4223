"""Errors of backup and restore, each with a sentence for the operator."""


class BackupRefused(Exception):
    """A backup cannot be taken, or one that is there cannot be used: the message says why."""
