"""When an alert is told. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta, tzinfo


def due_at(now: datetime, *, level: str, digest: timedelta, quiet: tuple[time, time] | None, zone: tzinfo) -> datetime:
    """What is ``danger`` at once; the rest together with what comes within ``digest``, and not in the quiet hours,
    which are in ``zone`` and may pass midnight."""
    if level == "danger":
        return now
    return after_quiet_hours(now + digest, quiet=quiet, zone=zone)


def after_quiet_hours(moment: datetime, *, quiet: tuple[time, time] | None, zone: tzinfo) -> datetime:
    """The moment itself, or the end of the quiet hours that it falls into."""
    if quiet is None:
        return moment
    begin, end = quiet
    there = moment.astimezone(zone)
    at = there.time()
    inside = begin <= at < end if begin <= end else (at >= begin or at < end)
    if not inside:
        return moment
    day = there.date() + timedelta(days=1) if begin > end and at >= begin else there.date()
    return datetime.combine(day, end, tzinfo=zone).astimezone(moment.tzinfo)
