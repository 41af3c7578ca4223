"""The ceiling under attack: does spent + reserved ever pass a ceiling, and is less booked than the server produced?

usage: python -m benchmarks.ceiling_under_attack [--quick] [--trials N] [--kills N] [--seed N]

Two attacks on a real PostgreSQL, in a database of their own:

- *Ledger*: threads share few jobs, two batches, a user's budget and a month; each trial is one call whose worker dies
  at a random database statement (its connection breaks there) or not at all, whose server tells the truth, lies in
  either direction or says nothing, and whose settlement is delivered twice, by others, late, or never. Meanwhile the
  sweep declares living workers dead and a person changes ceilings.
- *Processes*: worker processes ask a misbehaving model server over HTTP and are killed (SIGKILL) at each step between
  the first statement and the last, and while the model answers.

All the time, a watcher reads the ceilings. Exit 1 if one is passed or a figure is too low. Last line: one JSON object.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import time
from typing import Any

from django.db import connection

from benchmarks.attack_ledger import attack_ledger
from benchmarks.attack_processes import attack_with_processes
from benchmarks.attack_worker import MODEL
from benchmarks.attack_world import check_books, make_world
from processing.models import LLMCall
from tests.databases import own_database


def run(*, trials: int, kills: int, threads: int = 6, at_once: int = 4, seed: int = 1) -> dict[str, Any]:
    """Both attacks in the current database; gives the figures. Raises AssertionError where a promise was broken."""
    started = time.monotonic()
    rng = random.Random(seed)
    figures: dict[str, Any] = {"trials": trials, "kills": kills, "seed": seed}
    worlds = []
    for part in range(0, trials, 1000):
        # Ceilings fill up: a fresh world now and then keeps most calls possible.
        world = make_world(rng)
        attack_ledger(world, trials=min(1000, trials - part), threads=threads, seed=seed + part)
        worlds.append(world)
    figures["ledger_seconds"] = round(time.monotonic() - started, 1)
    figures["calls_in_ledger"] = LLMCall.objects.count()
    figures["overruns"] = LLMCall.objects.filter(overrun_usd__gt=0).count()
    if kills:
        world = make_world(rng)
        database = str(connection.settings_dict["NAME"])
        money = attack_with_processes(world, database=database, kills=kills, at_once=at_once, seed=seed)
        figures |= {name: float(value) for name, value in money.items()}
        figures["calls_by_processes"] = LLMCall.objects.filter(model=MODEL).count()
        figures["processes_killed"] = world.deaths
        worlds.append(world)
    for world in worlds:
        check_books(world)
    figures["workers_died"] = sum(world.deaths for world in worlds)
    figures["calls_refused"] = sum(world.refusals for world in worlds)
    violations = [violation for world in worlds for violation in world.violations]
    figures["violations"] = len(violations)
    figures["seconds"] = round(time.monotonic() - started, 1)
    assert not violations, violations[:10]
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="1,000 trials and 60 killed processes")
    parser.add_argument("--trials", type=int, default=None)
    parser.add_argument("--kills", type=int, default=None)
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(3)))
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)  # thousands of overruns are alarmed here
    trials = options.trials if options.trials is not None else 1000 if options.quick else 12_000
    kills = options.kills if options.kills is not None else 60 if options.quick else 400
    with own_database():
        try:
            figures = run(trials=trials, kills=kills, seed=options.seed)
        except AssertionError as error:
            print(f"broken with seed {options.seed}: {error}")
            return 1
    for name, value in figures.items():
        print(f"{name:22} {value}")
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
