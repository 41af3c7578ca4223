"""``python -m deploy`` checks the whole kit; ``python -m deploy write`` writes what is made from the rules."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from deploy.checks import chart, compose, monitoring, terraform
from deploy.monitoring.generated import write

CHECKS: dict[str, Callable[[], list[str]]] = {
    "compose": lambda: compose.check_compose(compose.FILE.read_text(encoding="utf-8")),
    "helm": chart.check_chart,
    "terraform": terraform.check_modules,
    "monitoring": monitoring.check_monitoring,
}


def main() -> int:
    """Runs every check, or writes what is made; returns an exit status."""
    if sys.argv[1:] == ["write"]:
        write()
        return 0
    status = 0
    for name, check in CHECKS.items():
        began = time.monotonic()
        problems = check()
        print(f"{name}: {len(problems) or 'no'} problems ({time.monotonic() - began:.1f} s)", flush=True)
        for problem in problems:
            print(f"  {problem}")
        status = status or bool(problems)
    return int(status)


if __name__ == "__main__":
    sys.exit(main())
