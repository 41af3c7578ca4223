"""An upgrade under load: two releases at work side by side on one database, one storage and one queue.

The release before this one, from the history of the checkout, serves and works; this one migrates meanwhile, then its
web process and workers join; both take uploads for a while, then the old ones are stopped. Printed are each side's
uploads by status, and the jobs lost, doubled and dead.

    python -m benchmarks.two_releases PREVIOUS [--side SECONDS] [--every SECONDS]
"""

from __future__ import annotations

import argparse
import io
import subprocess
import tarfile
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection

from benchmarks.machine import ROOT, Machine, machine, print_result, wait_until
from benchmarks.outage_site import EVERY_SECONDS, Load, Site, Web
from invoices.models import Invoice
from processing.models import Document, LLMCall, ProcessingJob, WorkerHeartbeat
from tests.model_server import ModelServer
from tests.own_postgres import own_postgres

SIDE_SECONDS = 60.0
# Said by the previous release's own code: this one's models have columns that its tables lack.
_MAKE_KEY = """
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from common.roles import Role
from invoicesite.accounts.keys import create_api_key
from invoicesite.accounts.scopes import Scope
ann = get_user_model().objects.create_user("ann")
ann.groups.add(Group.objects.get(name=Role.OPERATOR.value))
print(create_api_key(owner=ann, name="load", scopes=[Scope.READ, Scope.SUBMIT])[1])
"""


def checkout(commit: str, folder: Path) -> Path:
    """The files of a commit of this repository."""
    packed = subprocess.run(
        ["git", "archive", "--format=tar", commit],  # noqa: S607  # the developer's own
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as files:
        files.extractall(folder, filter="data")
    return folder


def manage(box: Machine, *arguments: str) -> str:
    """What a command of that release says."""
    log = f"{arguments[0]}-{time.monotonic_ns()}.log"
    program = box.start("manage.py", *arguments, log=log)
    said = box.folder / log
    if program.wait(300):
        raise RuntimeError(f"{arguments[0]} ended with {program.returncode}:\n{said.read_text()[-3000:]}")
    return said.read_text()


def upgrade(previous: str, *, side_seconds: float, every: float) -> dict[str, Any]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="upgrade-")))
        postgres = stack.enter_context(own_postgres(migrated=False))
        model = stack.enter_context(ModelServer())
        new = stack.enter_context(
            machine(
                delay_seconds=None,
                database="none",
                DATABASE_URL=postgres.url,
                OPENAI_BASE_URL=model.url,
                OPENAI_API_KEY="none",
                LLM_MODEL="gpt-4o-mini",
                EXTRACTION_POLICY="llm",
                UPLOAD_QUOTA_DOCUMENTS="0",
                DJANGO_SECRET_KEY="the-same-in-both-releases-as-in-life-0123456789abcdef",  # noqa: S106  # of a drill
            )
        )
        (new.folder / "old").mkdir()
        old = Machine(new.folder / "old", new.environment, checkout(previous, folder))
        stack.callback(lambda: [old.stop(program, seconds=25) for program in reversed(old.programs)])
        manage(old, "migrate", "--skip-checks")  # some releases could not look at an empty database
        key = manage(old, "shell", "-c", _MAKE_KEY).split()[-1]
        storage = Path(new.environment["STORAGE_URL"].removeprefix("file://"))
        before = Site(key, old, Web(old), postgres, model, storage)
        after = Site(key, new, Web(new), postgres, model, storage)
        loads = (Load(before, every), Load(after, every, first=1_000_000))

        before.web.start()
        before.start_workers()
        with loads[0].running():
            wait_until("a result", lambda: _count("status = 'completed'") > 0, seconds=300)
            began = time.monotonic()
            manage(new, "migrate")
            migrated = time.monotonic() - began
            after.web.start()
            after.start_workers()
            with loads[1].running():
                wait_until("both at work", lambda: WorkerHeartbeat.objects.count() >= 2, seconds=300)
                time.sleep(side_seconds)
            assert before.workers is not None
            old.stop(before.workers)
        left = ProcessingJob.objects.filter(status__in=["pending", "processing"])
        ended = wait_until("all jobs", lambda: not left.exists(), seconds=600)
        documents = Document.objects.count()
        return {
            "migrate_seconds": round(migrated, 1),
            **{
                f"{side}_{what}": value
                for side, load in zip(("old", "new"), loads, strict=True)
                for what, value in _answers(load).items()
            },
            "all_ended_after_seconds": round(ended, 1),
            "lost": max(0, sum(len(load.accepted) for load in loads) - documents),
            "doubled": documents - Document.objects.values("sha256").distinct().count(),
            "dead": ProcessingJob.objects.exclude(status="completed").count(),
            "jobs_without_invoice": ProcessingJob.objects.exclude(document__invoice__isnull=False).count(),
            "invoices": Invoice.objects.count(),
            "reservations_left": LLMCall.objects.filter(state="reserved").count(),
        }


def _answers(load: Load) -> dict[str, Any]:
    return {
        "accepted": len(load.accepted),
        "told_to_come_back": load.answers[503],
        "answered_otherwise": {str(status): n for status, n in load.answers.items() if status not in (202, 503)},
        "slowest_seconds": round(load.slowest_seconds, 2),
    }


def _count(condition: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM processing_processingjob WHERE {condition}")  # noqa: S608  # our own
        return int(cursor.fetchone()[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("previous", metavar="PREVIOUS", help="commit or tag of the release before this one")
    parser.add_argument("--side", type=float, metavar="SECONDS", default=SIDE_SECONDS, help="both at work")
    parser.add_argument("--every", type=float, metavar="SECONDS", default=EVERY_SECONDS, help="between two uploads")
    options = parser.parse_args()
    figures = upgrade(options.previous, side_seconds=options.side, every=options.every)
    for what, value in figures.items():
        print(f"{what:<30} {value}")
    print_result(**figures)


if __name__ == "__main__":
    main()
