"""Django's command line: ``python manage.py``, ``python -m invoicesite`` and ``invoicesite`` where it is installed."""

import os
import sys

from common.telemetry.shared import share_counters
from invoicesite.build import home

# They run many threads that come and go: settings give them a pool of connections, as they do to the web process.
_THREADED = {"qcluster": "cluster", "import_invoices": "import", "import_rate_cards": "import"}
_ROLES = {**_THREADED, "migrate": "migrate", "work": "supervisor"}


def main() -> None:
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    os.environ["INVOICESITE_PROCESS"] = _ROLES.get(command, "")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "invoicesite.settings")
    if command == "work":
        # Its clusters inherit it.
        share_counters(home() / "var" / "metrics", role=command)
    try:
        from django.core.management import execute_from_command_line
        from django.db import ProgrammingError
    except ImportError as error:
        raise SystemExit("Django is not installed here. Run `make` targets, or use .venv/bin/python.") from error
    try:
        execute_from_command_line(sys.argv)
    except ProgrammingError as error:
        # PostgreSQL manual, appendix A: undefined_table, undefined_column.
        if "--traceback" in sys.argv or getattr(error.__cause__, "sqlstate", "") not in ("42P01", "42703"):
            raise
        raise SystemExit("The database is not of this release yet. Run `python manage.py migrate` first.") from None


if __name__ == "__main__":
    main()
