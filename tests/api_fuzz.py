"""Requests that Schemathesis makes from the schema, asked of the site in this process; every answer is checked by all
checks that it has."""

from __future__ import annotations

import copy
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID

import schemathesis
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.core.failures import FailureGroup
from schemathesis.core.parameters import ParameterLocation

from invoicesite.accounts.models import Meter
from tests.api_schema import made_schema
from tests.api_world import World

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "3"))
# What the quick form asks is the same at each run.
SAME_EACH_TIME = EXAMPLES < 20

# What is well-formed may still be refused: a page that is not there, a key that is taken, a record that was decided.
REFUSALS = ["400", "401", "403", "404", "409", "412", "413", "415", "422", "428"]
SCHEMA: dict[str, Any] = made_schema()
API = schemathesis.openapi.from_dict(
    copy.deepcopy(SCHEMA),
    config=schemathesis.Config.from_dict(
        {
            "seed": 1,
            "checks": {
                "positive_data_acceptance": {"expected-statuses": ["2xx", "3xx", *REFUSALS]},
                "negative_data_rejection": {"expected-statuses": [*REFUSALS, "405", "406", "429"]},
            },
            "phases": {"coverage": {"generate-duplicate-query-parameters": True}},
        }
    ),
)
USED = {tag for methods in SCHEMA["paths"].values() for operation in methods.values() for tag in operation["tags"]}
TAGS = [tag["name"] for tag in SCHEMA["tags"] if tag["name"] in USED]
THINGS = {
    "/api/v1/documents/": "document",
    "/api/v1/jobs/": "job",
    "/api/v1/invoices/": "invoice",
    "/api/v1/rate-cards/": "rate_card",
    "/api/v1/findings/": "finding",
    "/api/v1/batches/": "batch",
    "/api/v1/budgets/": "budget",
    "/api/v1/webhooks/": "webhook",
    "/api/v1/auth/keys/": "key",
}


def operations_of(tag: str) -> Iterator[Any]:
    """All operations that the schema files under the tag; ``""`` is what has none."""
    for found in API.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]  # the schema is valid
        if tag in (operation.tags or [""]):
            yield operation


@dataclass(eq=False)
class Asker:
    """Asks as one person, and keeps what no answer may be. Each question finds the same world: what it changed is
    rolled back."""

    world: World
    token: str
    surprises: dict[str, str] = field(default_factory=dict)

    def ask(self, case: Any) -> None:
        put_into(case, self.world)
        if not prepare(case):
            return
        try:
            with transaction.atomic():
                Meter.objects.all().delete()  # the checks try keys of nobody again and again
                case.call_and_validate(headers=self.headers)
                transaction.set_rollback(True)
        except FailureGroup as group:
            for failure in group.exceptions:
                about = f"{case.method} {case.operation.path}: {failure.title}: {failure.message.splitlines()[-1:]}"
                self.surprises.setdefault(about, f"{about}\n{group}")

    def ask_in_chains(self, *, chains: int, steps: int) -> None:
        """Requests that take what the answers before them gave: made, read, changed, deleted. Each chain begins in the
        same world. Raises FailureGroup with the whole chain."""
        asker = self

        class Chain(API.as_state_machine()):  # type: ignore[misc]  # made while it runs
            def setup(self) -> None:
                self.transaction = transaction.atomic()
                self.transaction.__enter__()

            def teardown(self) -> None:
                transaction.set_rollback(True)
                self.transaction.__exit__(None, None, None)
                super().teardown()

            def before_call(self, case: Any) -> None:
                prepare(case)
                case.headers.update(asker.headers)
                case._has_explicit_auth = bool(asker.token)
                Meter.objects.all().delete()

        Chain.run(
            settings=settings(
                max_examples=chains,
                stateful_step_count=steps,
                deadline=None,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
                derandomize=SAME_EACH_TIME,
            )
        )

    @property
    def headers(self) -> dict[str, str]:
        return {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {self.token}"} if self.token else {})


def ask_generated(operation: Any, *, often: dict[Asker, int]) -> None:
    """So many right and so many wrong requests by chance from each: the same ones, since to make them takes longer than
    to answer them."""
    for mode in schemathesis.GenerationMode:
        _ask_of_mode(operation, mode, often)


def _ask_of_mode(operation: Any, mode: schemathesis.GenerationMode, often: dict[Asker, int]) -> None:
    made = count()

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=max(often.values()),
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
        derandomize=SAME_EACH_TIME,
    )
    def asked(case: Any) -> None:
        before = next(made)
        for asker, most in often.items():
            if before < most:
                asker.ask(copied(case))

    with suppress(Unsatisfiable):  # there is no wrong way to ask for some
        asked()


def ask_boundaries(operation: Any, *, askers: list[Asker], most: int | None) -> int:
    """The boundaries of every parameter, each missing, doubled, and of another type; other methods and media types.
    At most so many of one kind for one parameter; ``None`` is all of them. Gives how many each was asked."""
    generation = API.config.generation_for(operation=operation, phase="coverage")
    seen: dict[tuple[object, ...], int] = {}
    asked = 0
    for case in API.iter_coverage_cases(
        operation, generation_modes=list(schemathesis.GenerationMode), generation_config=generation
    ):
        kind = kind_of(case)
        seen[kind] = seen.get(kind, 0) + 1
        if most is None or seen[kind] <= most:
            for asker in askers:
                asker.ask(copied(case))
            asked += 1
    return asked


def copied(case: Any) -> Any:
    """The same question again: to ask changes a case, and what is known of how it was made."""
    twin, meta = case.derive(), copy.copy(case.meta)
    for name in ("generation", "components", "_dirty", "_last_validated_hashes"):
        setattr(meta, name, copy.copy(getattr(meta, name)))
    twin._meta = meta
    return twin


def kind_of(case: Any) -> tuple[object, ...]:
    """Cases of one kind differ by their values alone."""
    data = case.meta.phase.data
    method = case.method if str(data.scenario) == "unspecified_http_method" else ""
    return str(data.scenario), data.parameter_location, data.parameter, method


def put_into(case: Any, world: World) -> None:
    """Things of the world in the place of well-formed ids, which would be those of nothing."""
    if case.meta.is_negative_at(ParameterLocation.PATH):
        return
    path = case.operation.path
    names = {
        "id": next((getattr(world, thing) for start, thing in THINGS.items() if path.startswith(start)), None),
        "delivery_pk": world.delivery,
        "source_id": world.source,
    }
    for name, value in dict(case.path_parameters or {}).items():
        if names.get(name) is not None and well_formed(value):
            case.path_parameters[name] = str(names[name])


def prepare(case: Any) -> bool:
    """Takes away what these tests have not to give; says no to what is not asked here."""
    for name in ("Prefer", "X-API-Key", "Authorization"):  # a wait for workers that are not there; keys of nobody
        case.headers.pop(name, None)
    if "If-Match" in case.headers and not case.meta.is_negative_at(ParameterLocation.HEADER):
        case.headers["If-Match"] = "*"  # else no change would come further than its version
    case.cookies.clear()
    form = case.body if case.media_type == "multipart/form-data" and isinstance(case.body, dict) else {}
    given = [value[-1] if isinstance(value, list) and value else value for value in (case.query or {}).values()]
    if "" in [*given, *form.values()]:
        return False  # an empty filter is no filter (the last one counts), an empty field of a form is not filled in
    if isinstance(case.body, dict) and "url" in case.body and case.operation.path.endswith("documents/"):
        case.body["url"] = "https://127.0.0.1/invoice.pdf"  # no name server is asked
    return True


def well_formed(value: object) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return str(value).isdecimal()
    return True
