"""The kinds of alerts: what each is called, how urgent it is, and when it is seen. Each has a runbook of its name in
docs/operations.md. Seen in the figures that ``/metrics`` shows."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from invoicesite.monitoring.figures import business, jobs, needs
from invoicesite.monitoring.figures.reading import Figure, rows

THRESHOLDS = (50, 80, 100)  # per cent of a budget
QUEUE_STUCK_SECONDS = 600.0
BREAKER_OPEN_SECONDS = 300.0
SCHEDULE_OVERDUE_SECONDS = 1800.0
BACKUP_OLD_SECONDS = 36 * 3600.0  # a daily one was missed, and a half
REVIEW_OLD_SECONDS = 3 * 86_400.0
DISK_LOW_RATIO = 0.1

# kind → level. What is ``danger`` is told at once, also in quiet hours.
LEVELS: dict[str, str] = {
    "no_worker": "danger",
    "queue_stuck": "danger",
    "mailbox_failed": "danger",
    "backup_failed": "danger",
    "budget_exhausted": "danger",
    "disk_low": "danger",
    "budget_threshold": "warning",
    "dead_letters": "warning",
    "breaker_open": "warning",
    "schedule_failing": "warning",
    "schedule_overdue": "warning",
    "mail_unfinished": "warning",
    "webhook_backlog": "warning",
    "batch_paused": "warning",
    "review_old": "warning",
}
# Nobody waits to hear that these have passed.
ENDS_SILENTLY = {"budget_threshold", "budget_exhausted", "dead_letters", "mail_unfinished", "review_old"}
LANES = {"invoicesite": "uploads", "batch": "batches"}
_NEW_DEAD = """
SELECT error_code, count(*) FROM processing_processingjob
WHERE status = 'failed' AND finished_at > now() - interval '1 hour' GROUP BY 1
"""
_NEW_MAIL = """
SELECT count(*) FROM processing_mailmessage
WHERE status IN ('failed', 'partly') AND created_at > now() - interval '1 hour'
"""
_BACKUP_AGE = """
SELECT extract(epoch FROM now() - succeeded_at)::float8 FROM monitoring_scheduledrun
WHERE name = 'backup' AND succeeded_at IS NOT NULL
"""
_BREAKERS = """
SELECT name, cause FROM processing_breaker WHERE state <> 'closed'
AND (cause <> 'failures' OR opened_at < now() - %(seconds)s * interval '1 second')
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """Something that is wrong now. ``key`` names it; ``told`` False: what is worse of the same is told instead."""

    kind: str
    key: str
    title: str
    detail: str = ""
    told: bool = True

    @property
    def level(self) -> str:
        return LEVELS[self.kind]


Values = Mapping[tuple[str, tuple[str, ...]], float]


def look(disks: Mapping[str, float]) -> list[Seen]:
    """All that is wrong now; ``disks`` are the free shares of this machine's disks, 0 to 1."""
    groups = (jobs.job_figures, jobs.worker_figures, needs.money_figures, needs.channel_figures, needs.clock_figures)
    figures: list[Figure] = [figure for group in (*groups, business.review_figures) for figure in group()]
    values = {(figure.name, figure.labels): figure.value for figure in figures}
    return [*_work(values), *_budgets(values), *_clock(values), *_others(values), *_disks(disks)]


def _of(values: Values, name: str) -> Iterator[tuple[tuple[str, ...], float]]:
    return ((labels, value) for (found, labels), value in values.items() if found == name)


def _work(values: Values) -> Iterator[Seen]:
    for (lane,), count in _of(values, "workers"):
        if not count:
            yield Seen("no_worker", f"no_worker/{lane}", f"No worker for {LANES.get(lane, lane)} is running")
    for (lane,), age in _of(values, "queue_age_seconds"):
        if age > QUEUE_STUCK_SECONDS:
            count = values["queue_jobs", (lane,)]
            detail = f"{count:.0f} documents wait, the oldest for {age / 60:.0f} minutes."
            yield Seen("queue_stuck", f"queue_stuck/{lane}", f"The queue of {LANES.get(lane, lane)} is stuck", detail)
    for code, count in rows(_NEW_DEAD):
        yield Seen("dead_letters", f"dead_letters/{code}", f"Documents failed: {code}", f"{count} in the last hour.")
    paused = values.get(("batches_paused", ()), 0)
    if paused:
        yield Seen("batch_paused", "batch_paused", f"{paused:.0f} batches are paused")
    for name, cause in rows(_BREAKERS, {"seconds": BREAKER_OPEN_SECONDS}):
        yield Seen("breaker_open", f"breaker_open/{name}", f"Calls to {name} are paused", f"Cause: {cause}.")


def _budgets(values: Values) -> Iterator[Seen]:
    for (scope, key), ratio in _of(values, "budget_used_ratio"):
        ceiling = values["budget_usd", (scope, key)]
        reached = [threshold for threshold in THRESHOLDS if ratio * 100 >= threshold]
        whose = f"{scope} {key}" if scope != "user" else f"user no. {key}"
        for threshold in reached:
            yield Seen(
                "budget_exhausted" if threshold == THRESHOLDS[-1] else "budget_threshold",
                f"budget/{scope}/{key}/{ceiling:f}/{threshold}",
                f"The budget of {whose} is used up"
                if threshold == THRESHOLDS[-1]
                else f"{threshold} % of the budget of {whose} is used",
                f"{ratio * ceiling:.2f} of {ceiling:.2f} USD.",
                told=threshold == reached[-1],
            )


def _clock(values: Values) -> Iterator[Seen]:
    kinds = {"mailbox": "mailbox_failed", "backup": "backup_failed"}
    titles = {"mailbox": "The mailbox cannot be read", "backup": "The last backup failed"}
    failing = {name for (name,), value in _of(values, "schedule_failing") if value}
    for name in sorted(failing):
        kind = kinds.get(name, "schedule_failing")
        yield Seen(kind, f"{kind}/{name}", titles.get(name, f"The scheduled task {name} fails"))
    for (name,), late in _of(values, "schedule_overdue_seconds"):
        if late > SCHEDULE_OVERDUE_SECONDS:
            detail = f"By {late / 60:.0f} minutes."
            yield Seen("schedule_overdue", f"schedule_overdue/{name}", f"The scheduled task {name} is overdue", detail)
    for age in (row[0] for row in rows(_BACKUP_AGE)):
        if age > BACKUP_OLD_SECONDS and "backup" not in failing:
            detail = f"For {age / 3600:.0f} hours."
            yield Seen("backup_failed", "backup_failed/old", "No backup was taken lately", detail)


def _others(values: Values) -> Iterator[Seen]:
    mail = rows(_NEW_MAIL)[0][0]
    if mail:
        detail = f"{mail} messages in the last hour."
        yield Seen("mail_unfinished", "mail_unfinished", "Mail was not fully taken", detail)
    late = values.get(("webhooks_due_age_seconds", ()), 0.0)
    if late > QUEUE_STUCK_SECONDS:
        yield Seen("webhook_backlog", "webhook_backlog", "Webhooks are not sent", f"For {late / 60:.0f} minutes.")
    age = max((value for _, value in _of(values, "review_age_seconds")), default=0.0)
    if age > REVIEW_OLD_SECONDS:
        detail = f"The oldest for {age / 86_400:.0f} days."
        yield Seen("review_old", "review_old", "Records wait long for a review", detail)


def _disks(disks: Mapping[str, float]) -> Iterator[Seen]:
    host = socket.gethostname()
    for place, ratio in disks.items():
        if ratio < DISK_LOW_RATIO:
            title = f"Disk almost full: {place} on {host}"
            yield Seen("disk_low", f"disk_low/{host}/{place}", title, f"{ratio:.0%} free.")
