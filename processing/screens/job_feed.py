"""Changes of jobs as they happen: PostgreSQL tells each web process over one connection, a WebSocket tells the browser.

A trigger on the table of jobs sends NOTIFY in the transaction that changes a row, so it is heard when the change can be
seen, and never otherwise. The plain way to follow a job, without any of this, is GET ``/api/v1/jobs/{id}/``.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
import structlog
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connection

from common.errors import NotFound
from common.telemetry.counters import gauge
from processing.queries import job_of
from processing.screens.progress import ENDED, job_state

log = structlog.get_logger(__name__)

CHANNEL = "processing_job"
RECONNECT_SECONDS = 1.0
ALIVE_SECONDS = 20.0  # a connection that says nothing for this long is asked whether it lives
LOOK_AGAIN_SECONDS = 15.0  # a listener looks by itself, too: nothing depends on a message that may be lost
# Of psycopg's own connections Django's parameters want these otherwise.
_NOT_FOR_ASYNC = ("cursor_factory", "context", "prepare_threshold")
_listeners = gauge("websocket_connections")

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Hub:
    """One LISTEN connection for all listeners of an event loop: open while there are any, and anew when it breaks."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[asyncio.Event]] = {}
        self._task: asyncio.Task[None] | None = None

    @contextmanager
    def listening(self, job_id: UUID) -> Iterator[asyncio.Event]:
        """The event is set at each change of the job, and whenever a change may have been missed."""
        event, key = asyncio.Event(), str(job_id)
        self._listeners.setdefault(key, set()).add(event)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        try:
            yield event
        finally:
            self._listeners[key].discard(event)
            if not self._listeners[key]:
                del self._listeners[key]

    async def _run(self) -> None:
        if settings.DATABASE_POOLER == "transaction" and not settings.DATABASE_DIRECT_URL:
            return  # nothing would be heard; each listener looks by itself
        while self._listeners:
            try:
                await self._listen()
            except (psycopg.Error, OSError) as error:
                log.warning("live_connection_lost", error=type(error).__name__)
                await asyncio.sleep(RECONNECT_SECONDS)

    async def _listen(self) -> None:
        async with await _session() as listening:
            await listening.execute(f"LISTEN {CHANNEL}")
            for events in list(self._listeners.values()):
                for event in events:
                    event.set()
            while self._listeners:
                async for notification in listening.notifies(timeout=ALIVE_SECONDS):
                    for event in self._listeners.get(notification.payload, ()):
                        event.set()
                    if not self._listeners:
                        return
                await listening.execute("SELECT 1")


async def _session() -> psycopg.AsyncConnection[Any]:
    """A connection that stays ours: past a pooler where there is one, which would hand it on with its LISTEN."""
    if settings.DATABASE_DIRECT_URL:
        return await psycopg.AsyncConnection.connect(settings.DATABASE_DIRECT_URL, autocommit=True)
    parameters = await sync_to_async(connection.get_connection_params)()
    plain = {name: value for name, value in parameters.items() if name not in _NOT_FOR_ASYNC}
    return await psycopg.AsyncConnection.connect(**plain, autocommit=True)


_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def hub() -> Hub:
    """The hub of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        for old in [known for known in _hubs if known.is_closed()]:
            del _hubs[old]
        _hubs[loop] = Hub()
    return _hubs[loop]


async def watch_job(scope: Message, receive: Receive, send: Send) -> None:
    """``ws/jobs/{id}/`` (ASGI): sends the job's state now and at each change, and closes when the job has ended.
    Refused where the job is not the user's."""
    message = await receive()
    if message["type"] != "websocket.connect":
        return
    job_id: UUID = scope["url_route"]["kwargs"]["job_id"]
    state = await _state(scope["user"], job_id)
    if state is None:
        await send({"type": "websocket.close", "code": 4404})
        return
    await send({"type": "websocket.accept"})
    gone = asyncio.ensure_future(_until_gone(receive))
    try:
        with hub().listening(job_id) as changed, _listeners.track_inprogress():
            last = None
            while not gone.done():
                state = await _state(scope["user"], job_id)
                if state is None:
                    await send({"type": "websocket.close", "code": 4404})
                    return
                if state != last:
                    await send({"type": "websocket.send", "text": json.dumps(state)})
                    last = state
                if state["status"] in ENDED:
                    await send({"type": "websocket.close", "code": 1000})
                    return
                waiting = asyncio.ensure_future(changed.wait())
                await asyncio.wait({gone, waiting}, timeout=LOOK_AGAIN_SECONDS, return_when=asyncio.FIRST_COMPLETED)
                waiting.cancel()
                changed.clear()
    finally:
        gone.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await gone


async def nothing_here(scope: Message, receive: Receive, send: Send) -> None:
    """Any other path of a WebSocket: closed, as what is not the user's."""
    if (await receive())["type"] == "websocket.connect":
        await send({"type": "websocket.close", "code": 4404})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "websocket.disconnect":
        pass  # nothing that a listener says matters


@sync_to_async
def _state(user: Any, job_id: UUID) -> dict[str, Any] | None:
    try:
        return job_state(job_of(user, job_id))
    except NotFound:
        return None
    finally:
        # These are threads of the event loop: no request ends here that would give the connection back.
        connection.close()
