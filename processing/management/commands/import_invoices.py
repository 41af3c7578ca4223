"""``import_invoices PATH…``: a folder of invoices becomes checked records."""

from __future__ import annotations

from processing.imports.command import ImportCommand


class Command(ImportCommand):
    kind = "invoice"
    noun = "invoices"
    help = (
        "Read invoices from files, folders and globs, check them, and record them. "
        "Exit status: 0 when all were processed, 1 when some failed or the run was stopped, 2 on wrong usage."
    )
