"""The product as the cases use it: the import commands, and the API of a signed-in person."""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.machine import Machine, use_storage_of  # first: it sets Django up

from benchmarks.case_replies import Replies  # isort: skip

from django.contrib.auth.models import User  # isort: skip
from django.core.management import call_command  # isort: skip
from rest_framework.test import APIClient  # isort: skip

from tests.databases import own_database  # isort: skip

API = "/api/v1/"
Entry = dict[str, Any]


@contextmanager
def own_world() -> Iterator[None]:
    """An empty database and an empty storage."""
    with own_database(), tempfile.TemporaryDirectory(prefix="case-") as name:
        use_storage_of(Machine(Path(name), {"STORAGE_URL": Path(name).as_uri()}))
        yield


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: Any
    etag: str = ""

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def complaint(self) -> str:
        """What an error says, for the table."""
        if not isinstance(self.body, dict):
            return f"{self.status}"
        fields = "; ".join(f"{each.get('field')}: {each.get('message')}" for each in self.body.get("errors") or ())
        return f"{self.status} {self.body.get('code', '')} {fields or self.body.get('detail', '')}".strip()


class Product:
    """Over the database that Django is pointed at, which holds nothing yet."""

    def __init__(self, replies: Replies | None = None) -> None:
        self.replies = replies
        self.client = APIClient(SERVER_NAME="localhost")
        self.client.force_authenticate(User.objects.create_superuser("cases"))

    def imported(self, kind: str, path: Path) -> list[Entry]:
        """The entries of ``results.json`` after ``import_invoices`` or ``import_rate_cards`` of one file: by rules, or
        with the model's written reply to it."""
        policy = self.replies.policy_for(path) if self.replies is not None else "rules"
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(io.StringIO()) as said:
            out = io.StringIO()
            try:
                call_command(
                    f"import_{kind}",
                    str(path),
                    policy=policy,
                    parallelism=1,
                    output=Path(folder),
                    stdout=out,
                    stderr=said,
                )
            except SystemExit:
                pass  # some failed: results.json says which
            except Exception as error:  # a feature that is missing is a miss of this case, and the others still run
                return [
                    {
                        "file": path.name,
                        "status": "failed",
                        "error": {"code": type(error).__name__, "message": str(error)},
                    }
                ]
            entries: list[Entry] = json.loads((Path(folder) / "results.json").read_text("utf-8"))
        if self.replies is not None:
            self.replies.count()
        return entries

    def get(self, path: str, **query: Any) -> Answer:
        return _answer(self.client.get(f"{API}{path}", query))

    def post(self, path: str, body: Any) -> Answer:
        return _answer(self.client.post(f"{API}{path}", body, format="json"))

    def patch(self, path: str, body: Any) -> Answer:
        """A correction of the version that stands there."""
        headers = {"If-Match": self.get(path).etag or "*"}
        return _answer(self.client.patch(f"{API}{path}", body, format="json", headers=headers))

    def listed(self, path: str, **query: Any) -> Iterator[Entry]:
        """All rows of a list, page by page."""
        answer = self.get(path, **query)
        while answer.ok:
            yield from answer.body["results"]
            following = answer.body.get("next")
            if not following:
                return
            answer = _answer(self.client.get(following))


def _answer(response: Any) -> Answer:
    try:
        body = response.json()
    except ValueError:
        body = None
    return Answer(response.status_code, body, response.headers.get("ETag", ""))


def reasons_of(entry: Entry) -> list[str]:
    """What stood against a document: its error and its review reasons."""
    error = entry.get("error")
    found = [f"{error['code']}: {error['message']}"] if error else []
    return found + [f"{reason['code']}: {reason['message']}" for reason in entry.get("review") or ()]


def is_ready(entry: Entry) -> bool:
    """Whether it would go on without a person."""
    return entry.get("status") == "completed" and not entry.get("review")
