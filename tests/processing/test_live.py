"""Who watches a job hears of each change, in another process, and nobody watches what is not theirs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from django.contrib.auth.models import AnonymousUser, User
from django.db import connection, connections
from django.test import Client
from rest_framework.test import APIClient

from common.roles import Role
from invoicesite.accounts.keys import create_api_key
from invoicesite.accounts.scopes import Scope
from processing.errors import ExtractionFailed
from processing.models import ProcessingJob
from processing.screens.job_feed import watch_job
from processing.services.jobs import claim_job, enter_stage, fail_job
from tests.loops import run as run_loop
from tests.people import person
from tests.processing.ledger_factories import make_job

Stage = ProcessingJob.Stage


class Socket(ApplicationCommunicator):
    """A WebSocket as a server would hand it to an ASGI application."""

    async def connect(self) -> int | None:
        """None when it was accepted, else the code that it was closed with."""
        await self.send_input({"type": "websocket.connect"})
        answer = await self.receive_output(5)
        return None if answer["type"] == "websocket.accept" else answer.get("code", 1000)

    async def heard(self) -> dict[str, Any]:
        return json.loads((await self.receive_output(5))["text"])  # type: ignore[no-any-return]

    async def disconnect(self) -> None:
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait(5)


class Watcher(Socket):
    def __init__(self, user: Any, job: ProcessingJob) -> None:
        route = {"kwargs": {"job_id": job.id}}
        super().__init__(watch_job, {"type": "websocket", "user": user, "url_route": route})


@asynccontextmanager
async def watching(user: Any, job: ProcessingJob) -> AsyncIterator[Watcher]:
    watcher = Watcher(user, job)
    assert await watcher.connect() is None
    yield watcher
    await watcher.disconnect()


def in_thread(action: Any, *arguments: Any) -> Any:
    def run() -> Any:
        try:
            return action(*arguments)
        finally:
            connection.close()

    return sync_to_async(run, thread_sensitive=False)()


@pytest.mark.django_db(transaction=True)
def test_each_change_of_a_job_is_told_and_the_end_closes() -> None:
    job = make_job(owner_id=User.objects.create(username="someone").id)
    owner = User.objects.get(username="someone")

    async def follow() -> list[tuple[str, str, int]]:
        heard = []
        async with watching(owner, job) as watcher:
            first = await watcher.heard()
            heard.append((first["status"], first["stage"], first["percent"]))
            await asyncio.sleep(0.3)  # until the hub listens: then nothing is found by looking again
            claim = await in_thread(lambda: claim_job(job_id=job.id))
            await watcher.heard()
            await in_thread(enter_stage, claim, Stage.READING)
            state = await watcher.heard()
            heard.append((state["status"], state["stage"], state["percent"]))
            await in_thread(fail_job, claim, ExtractionFailed("Nothing to see."))
            state = await watcher.heard()
            heard.append((state["status"], state["error"]["code"], state["percent"]))
            assert state["stages"][0]["seconds"] is not None
            assert (await watcher.receive_output(3)) == {"type": "websocket.close", "code": 1000}
        return heard

    assert run_loop(follow()) == [
        ("pending", "", 0),
        ("processing", "reading", 5),
        ("failed", "extraction_failed", 100),
    ]
    connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_a_job_of_somebody_else_is_not_shown() -> None:
    job = make_job(owner_id=User.objects.create(username="someone").id)
    stranger = User.objects.create(username="stranger")

    async def refused(user: Any) -> bool:
        return await Watcher(user, job).connect() == 4404

    assert run_loop(refused(stranger))
    assert run_loop(refused(AnonymousUser()))


@pytest.mark.django_db(transaction=True)
def test_the_listener_hears_again_after_its_connection_was_cut() -> None:
    job = make_job(owner_id=User.objects.create(username="someone").id)
    owner = User.objects.get(username="someone")

    def cut() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND query LIKE 'LISTEN%%'"
            )
            return len(cursor.fetchall())

    async def follow() -> str:
        async with watching(owner, job) as watcher:
            await watcher.heard()
            await asyncio.sleep(0.3)
            assert await in_thread(cut) == 1
            await asyncio.sleep(2)
            await in_thread(lambda: claim_job(job_id=job.id))
            return str((await watcher.heard())["status"])

    assert run_loop(follow()) == "processing"
    connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_the_site_serves_the_socket_to_its_own_pages_and_sessions_only(client: Client) -> None:
    from invoicesite.asgi import application

    user = User.objects.create(username="someone")
    job = make_job(owner_id=user.id)
    client.force_login(user)
    cookie = f"sessionid={client.cookies['sessionid'].value}".encode()

    async def connects(origin: bytes, *more: tuple[bytes, bytes]) -> bool:
        headers = [(b"origin", origin), (b"host", b"localhost"), *more]
        scope = {"type": "websocket", "path": f"/ws/jobs/{job.id}/", "headers": headers, "subprotocols": []}
        socket = Socket(application, scope)
        if await socket.connect() is not None:
            return False
        await socket.heard()
        await socket.disconnect()
        return True

    assert run_loop(connects(b"http://localhost", (b"cookie", cookie)))
    assert not run_loop(connects(b"http://evil.example", (b"cookie", cookie)))
    assert not run_loop(connects(b"http://localhost"))
    connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_programs_show_a_token_or_a_key_and_need_no_page() -> None:
    from invoicesite.asgi import application

    owner = person("someone", Role.OPERATOR)
    job = make_job(owner_id=owner.id)
    foreign = make_job(owner_id=person("other", Role.OPERATOR).id)
    _, key = create_api_key(owner=owner, name="reads", scopes=[Scope.READ])
    _, blind = create_api_key(owner=owner, name="submits", scopes=[Scope.SUBMIT])
    secret = {"username": "someone", "password": "someone-secret-words"}
    token = APIClient().post("/api/v1/auth/token/", secret).json()["access"]

    async def answer(watched: ProcessingJob, *headers: tuple[bytes, str], protocols: tuple[str, ...] = ()) -> Any:
        scope = {
            "type": "websocket",
            "path": f"/ws/jobs/{watched.id}/",
            "headers": [(b"host", b"localhost"), *((name, value.encode()) for name, value in headers)],
            "client": ("127.0.0.1", 4000),
            "subprotocols": list(protocols),
        }
        socket = Socket(application, scope)
        await socket.send_input({"type": "websocket.connect"})
        first = await socket.receive_output(5)
        if first["type"] == "websocket.close":
            return first.get("code", 1000)
        state = await socket.heard()
        await socket.disconnect()
        return state["status"], first.get("subprotocol")

    bearer, key_header = b"authorization", b"x-api-key"
    assert run_loop(answer(job, (bearer, f"Bearer {token}"))) == ("pending", None)
    assert run_loop(answer(job, (bearer, f"Bearer {key}"))) == ("pending", None)
    assert run_loop(answer(job, (key_header, key))) == ("pending", None)
    assert run_loop(answer(job, protocols=("bearer", token))) == ("pending", "bearer")
    assert run_loop(answer(foreign, (key_header, key))) == 4404
    for wrong in ((key_header, blind), (key_header, "inv_never"), (bearer, "Bearer x.y.z")):
        assert run_loop(answer(job, wrong)) == 4401
    assert run_loop(answer(job)) == 1000, "without either it is a page, of which nothing is known"
    connections.close_all()
