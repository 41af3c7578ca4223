"""Readers in processes that may die: page, cell, clock and memory limits around every parser, without harm to the
caller. Safe to use from threads, and from processes that were forked after the first use."""

from __future__ import annotations

import atexit
import gc
import hashlib
import logging
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, TypedDict, Unpack

from common.errors import InvoicesiteError, NotFound
from processing import errors
from processing.content.codec import compress, content_from_json, content_to_json
from processing.content.extraction import Extraction
from processing.content.extraction_codec import extraction_from_json
from processing.content.records import DocumentContent
from processing.ratecards.codec import reading_from_json
from processing.ratecards.mapped import Ask
from processing.ratecards.read import CardReading
from processing.readers.limits import DEFAULT_LIMITS, ReadLimits
from processing.readers.ocr import OcrConfig, OcrEngine, OcrResult
from processing.readers.part_file import PartFile
from processing.sandbox import wire
from processing.sandbox.row_window import PackedRows, from_wire

log = logging.getLogger(__name__)

Role = Literal["reader", "ocr"]


class Mapping(TypedDict, total=False):
    """How a card is to be mapped: see ``ratecards.mapped.read_mapped``."""

    ask: Ask
    reply: str | None
    kept: dict[str, Any] | None
    values_only: bool
    keep_rows: bool


READ_TIMEOUT_SECONDS = 60.0  # the slowest good documents (100,000 rows of xlsx) take some 10; OCR has its own clock
RATE_CARD_TIMEOUT_SECONDS = 180.0  # 100,000 rates take 8 s; a machine with ten times its load as long as that
PROBE_TIMEOUT_SECONDS = 20.0
RULES_TIMEOUT_SECONDS = 30.0  # a page takes 20 ms, a list of 5,000 lines some seconds
OCR_TIMEOUT_SECONDS = 120.0  # one picture takes 2 to 5 s on two cores; a busy machine ten times that
READ_MEMORY_MB = 1024
OCR_MEMORY_MB = 2048
_WAIT_FOR_A_WORKER_SECONDS = 600.0
_WAIT_FOR_A_TURN_SECONDS = 1500.0  # scans before this one may have fifty pages each, at some seconds a page
_MAX_DOCUMENTS_PER_WORKER = 300
_MAX_RESIDENT_MB = {"reader": 400.0, "ocr": 1400.0}
# Each process that reads documents has readers of its own: an idle engine would hold its 0.8 GB for good.
_IDLE_SECONDS: dict[Role, float] = {"reader": 600.0, "ocr": 120.0}
_MAX_PICTURE_BYTES = 200_000_000
# Nothing of the caller's environment reaches a parser but what it needs to start: no key, no database address.
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")
_ROOT = Path(__file__).resolve().parents[2]
_ERRORS: dict[str, type[InvoicesiteError]] = {
    cls.code: cls
    for cls in (
        errors.UnsupportedFormat,
        errors.UnsupportedEInvoice,
        errors.EmptyFile,
        errors.CorruptFile,
        errors.EncryptedFile,
        errors.FileTooLarge,
        errors.ExtractionFailed,
        errors.InvalidOutput,
        NotFound,
    )
}
_CRASHES = {
    "memory": "The document needs too much memory to read.",
    "nesting": "The document is nested too deeply.",
    "error": "The document could not be read: its reader failed.",
}


class _Worker:
    """One child process with its socket. Not shared between threads while it works."""

    def __init__(self, role: Role) -> None:
        ours, theirs = socket.socketpair()
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
        environment["MALLOC_ARENA_MAX"] = "2"  # each thread's arena of glibc counts against the memory limit
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "processing.sandbox.worker", str(theirs.fileno()), str(_IDLE_SECONDS[role])],
                pass_fds=[theirs.fileno()],
                cwd=_ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is the parent's to handle
            )
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        self.socket = ours
        self.documents = 0
        self.kept = ""  # the document whose cells it still has

    def kill(self) -> int:
        """Ends the process and gives its exit code as it was before."""
        self.socket.close()
        code = self.process.poll()
        if code is None:
            self.process.kill()
        return self.process.wait() if code is None else code

    def forget(self) -> None:
        """After a fork: the process is our parent's child. Its socket must not stay open here, too."""
        self.socket.close()
        self.process.returncode = 0


class _Pool:
    def __init__(self, role: Role, size: int) -> None:
        self.role = role
        self.slots = threading.BoundedSemaphore(size)
        self.lock = threading.Lock()
        self.idle: list[_Worker] = []

    @contextmanager
    def worker(self, document: str = "") -> Iterator[_Worker]:
        """A worker for one document: the one that still has its cells, where there is one. It is killed unless the
        caller ends well, and replaced when it is worn out."""
        if not self.slots.acquire(timeout=_WAIT_FOR_A_WORKER_SECONDS):
            raise errors.Throttled("Too many documents are being read. Try again in a moment.")
        try:
            with self.lock:
                worker = self._take(document) if self.idle else None
            if worker is not None and worker.process.poll() is not None:  # died in its sleep
                worker.kill()
                worker = None
            worker = worker or _Worker(self.role)
            try:
                yield worker
            except BaseException:
                worker.kill()
                raise
            with self.lock:
                self.idle.append(worker)
        finally:
            self.slots.release()

    def _take(self, document: str) -> _Worker:
        worker = next((one for one in self.idle if document and one.kept == document), None)
        worker = worker or next((one for one in reversed(self.idle) if not one.kept), self.idle[-1])
        self.idle.remove(worker)
        return worker

    def retire_idle(self) -> None:
        with self.lock:
            workers, self.idle = self.idle, []
        for worker in workers:
            worker.kill()

    def forget_idle(self) -> None:
        for worker in self.idle:
            worker.forget()


def _new_pools() -> dict[Role, _Pool]:
    cores = os.cpu_count() or 1
    # Readers wait while a picture of theirs is read: twice the cores keeps text documents moving. One OCR process uses
    # all cores by itself and 1 GB.
    return {"reader": _Pool("reader", 2 * cores), "ocr": _Pool("ocr", 1)}


def _new_turns() -> threading.BoundedSemaphore:
    # A reader waits while its pictures are read, one at a time for all: half of the readers may, the others go on with
    # documents that need none.
    return threading.BoundedSemaphore(os.cpu_count() or 1)


_pools = _new_pools()
_turns = _new_turns()
_thread = threading.local()
_walls_noted = False


def _after_fork() -> None:
    global _pools, _turns
    for pool in _pools.values():
        pool.forget_idle()
    _pools, _turns = _new_pools(), _new_turns()


@contextmanager
def waiting_as(waiting: Callable[[], AbstractContextManager[object]]) -> Iterator[None]:
    """In this thread, inside the block: a document waits for its turn to have pictures read inside ``waiting()``."""
    _thread.waiting = waiting
    try:
        yield
    finally:
        _thread.waiting = None


os.register_at_fork(after_in_child=_after_fork)


@atexit.register
def close_workers() -> None:
    """Ends all idle reader processes; new ones start when they are needed."""
    for pool in _pools.values():
        pool.retire_idle()


def read_document(
    data: bytes,
    media_type: str,
    *,
    limits: ReadLimits = DEFAULT_LIMITS,
    timeout_seconds: float = READ_TIMEOUT_SECONDS,
    memory_mb: int = READ_MEMORY_MB,
    include_hidden: bool = False,
    ocr: OcrConfig | OcrEngine | None = None,
) -> DocumentContent:
    """``readers.registry.read_content`` in a process that can be killed. The clock stands still while pictures are
    read: each picture has its own.

    Raises the errors of the readers; ExtractionFailed also where time or memory ran out or the parser crashed.
    """
    request: wire.Header = {
        "operation": "read",
        "media_type": media_type,
        "limits": asdict(limits),
        "include_hidden": include_hidden,
    }
    engine = ocr if ocr is not None and not isinstance(ocr, OcrConfig) else make_engine(ocr or OcrConfig())
    _, body = _ask("reader", request, data, timeout_seconds, memory_mb, engine, limits.ocr_pages)
    try:
        with _no_collection(len(body)):
            return content_from_json(body)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise errors.ExtractionFailed(_CRASHES["error"]) from error


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as it was read. ``encoded`` is the content as ``content_codec.encode_content`` gives it. ``by_rules``
    is None where an e-invoice is inside, of which nothing has to be read from the page."""

    content: DocumentContent
    encoded: bytes
    by_rules: Extraction | None


def read_and_extract(
    data: bytes, media_type: str, *, filename: str = "", ocr: OcrConfig | OcrEngine | None = None
) -> Reading:
    """``read_document`` and ``extract_by_rules`` on one way: the content need not go back for the rules. Raises as they
    do."""
    request: wire.Header = {
        "operation": "read",
        "media_type": media_type,
        "limits": asdict(DEFAULT_LIMITS),
        "include_hidden": False,
        "filename": filename,
    }
    engine = ocr if ocr is not None and not isinstance(ocr, OcrConfig) else make_engine(ocr or OcrConfig())
    timeout_seconds = READ_TIMEOUT_SECONDS + RULES_TIMEOUT_SECONDS
    answer, body = _ask("reader", request, data, timeout_seconds, READ_MEMORY_MB, engine, DEFAULT_LIMITS.ocr_pages)
    try:
        size = int(answer["content_bytes"])
        content, extraction = body[:size], body[size:]
        with _no_collection(size):
            return Reading(
                content=content_from_json(content),
                encoded=compress(content),
                by_rules=extraction_from_json(extraction) if extraction else None,
            )
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, RecursionError) as error:
        raise errors.ExtractionFailed(_CRASHES["error"]) from error


def extract_by_rules(
    content: DocumentContent, *, filename: str = "", timeout_seconds: float = RULES_TIMEOUT_SECONDS
) -> Extraction:
    """``extractors.rules.extract_by_rules`` in a process that can be killed: it keeps the caller's threads free for
    waiting, and text that makes an expression backtrack for ever ends after ``timeout_seconds``.

    Raises ExtractionFailed."""
    request: wire.Header = {"operation": "extract", "filename": filename}
    _, body = _ask("reader", request, content_to_json(content), timeout_seconds, READ_MEMORY_MB)
    return _extraction(body)


def read_einvoice(content: DocumentContent, *, timeout_seconds: float = RULES_TIMEOUT_SECONDS) -> Extraction:
    """``einvoice_page.read_einvoice`` in a process that can be killed. Raises as it does, and ExtractionFailed."""
    _, body = _ask("reader", {"operation": "einvoice"}, content_to_json(content), timeout_seconds, READ_MEMORY_MB)
    return _extraction(body)


def read_reply(
    text: str, content: DocumentContent, *, truncated: bool, timeout_seconds: float = RULES_TIMEOUT_SECONDS
) -> Extraction:
    """``model_reply.read_reply`` in a process that can be killed: a model's words are looked up in a document, and both
    come from outside. Raises InvalidOutput with the reply, and ExtractionFailed."""
    reply = text.encode("utf-8", "surrogatepass")
    request: wire.Header = {"operation": "reply", "truncated": truncated, "reply_bytes": len(reply)}
    try:
        answer, body = _ask("reader", request, reply + content_to_json(content), timeout_seconds, READ_MEMORY_MB)
    except errors.InvalidOutput as error:
        raise errors.InvalidOutput(error.message, partial_text=text) from error
    extraction = _extraction(body)
    extraction.raw_response, extraction.truncated = text, bool(answer.get("truncated"))
    return extraction


def _extraction(body: bytes) -> Extraction:
    try:
        return extraction_from_json(body)
    except (ValueError, TypeError, KeyError, ArithmeticError) as error:
        raise errors.ExtractionFailed(_CRASHES["error"]) from error


def read_rate_card(
    data: bytes,
    media_type: str,
    *,
    limits: ReadLimits = DEFAULT_LIMITS,
    timeout_seconds: float = RATE_CARD_TIMEOUT_SECONDS,
    memory_mb: int = READ_MEMORY_MB,
    include_hidden: bool = False,
    ocr: OcrConfig | OcrEngine | None = None,
    **mapping: Unpack[Mapping],
) -> CardReading:
    """``ratecards.mapped.read_mapped`` of a file in a process that can be killed: only what was read crosses the
    border, not the cells. Where another plan is going to be tried the process keeps the cells for a while, and the
    next call for the same file finds them there. Raises as ``read_document``."""
    request: wire.Header = {
        "operation": "rate_card",
        "media_type": media_type,
        "limits": asdict(limits),
        "include_hidden": include_hidden,
        "mapping": mapping,
        "document": f"{hashlib.sha256(data).hexdigest()} {media_type} {include_hidden} {limits}",
    }
    engine = ocr if ocr is not None and not isinstance(ocr, OcrConfig) else make_engine(ocr or OcrConfig())
    _, body = _ask("reader", request, data, timeout_seconds, memory_mb, engine, limits.ocr_pages)
    try:
        with _no_collection(len(body)):
            return reading_from_json(body)
    except (ValueError, TypeError, KeyError, ArithmeticError) as error:
        raise errors.ExtractionFailed(_CRASHES["error"]) from error


def read_packed_rows(data: bytes, media_type: str) -> PackedRows:
    """``card_window.packed_rows`` of a file in a process that can be killed. Raises as ``read_document``."""
    request: wire.Header = {"operation": "rows", "media_type": media_type, "limits": asdict(DEFAULT_LIMITS)}
    engine = make_engine(OcrConfig())
    answer, body = _ask("reader", request, data, READ_TIMEOUT_SECONDS, READ_MEMORY_MB, engine, DEFAULT_LIMITS.ocr_pages)
    try:
        return from_wire(answer, body)
    except (ValueError, TypeError, KeyError) as error:
        raise errors.ExtractionFailed(_CRASHES["error"]) from error


@contextmanager
def _no_collection(size_bytes: int) -> Iterator[None]:
    """Without the cycle collector while a large tree is built: it would look through the whole of it over and over."""
    pause = size_bytes > 1_000_000 and gc.isenabled()
    if pause:
        gc.disable()
    try:
        yield
    finally:
        if pause:
            gc.enable()


def probe_document(data: bytes, media_type: str, *, limits: ReadLimits = DEFAULT_LIMITS) -> None:
    """Opens a document in a bounded process without reading it (``readers.registry.probe_content``): the ``probe`` of
    ``check_document``. What cannot be opened in time or memory is a CorruptFile."""
    request: wire.Header = {"operation": "probe", "media_type": media_type, "limits": asdict(limits)}
    try:
        _ask("reader", request, data, PROBE_TIMEOUT_SECONDS, READ_MEMORY_MB)
    except errors.ExtractionFailed as error:
        raise errors.CorruptFile("The file cannot be opened.") from error


def parts_of_file(data: bytes, media_type: str) -> list[PartFile]:
    """``readers.parts.parts_of`` in a process that can be killed. Raises as it does, and ExtractionFailed."""
    request: wire.Header = {"operation": "parts", "media_type": media_type}
    return _parts_back(*_ask("reader", request, data, READ_TIMEOUT_SECONDS, READ_MEMORY_MB))


def pages_as_files(data: bytes, media_type: str, ranges: Sequence[Sequence[int]]) -> list[bytes]:
    """``readers.parts.pdf_parts`` in a process that can be killed. Raises as it does, and ExtractionFailed."""
    request: wire.Header = {"operation": "split", "media_type": media_type, "ranges": [list(r) for r in ranges]}
    return [part.data for part in _parts_back(*_ask("reader", request, data, READ_TIMEOUT_SECONDS, READ_MEMORY_MB))]


def _parts_back(answer: wire.Header, body: bytes) -> list[PartFile]:
    found: list[PartFile] = []
    start = 0
    for name, media_type, size, error in answer.get("parts", []):
        data = body[start : start + int(size)]
        start += int(size)
        found.append(PartFile(str(name), str(media_type), data, (), (error[0], error[1]) if error else None))
    return found


def render_document(data: bytes, media_type: str, page: int, *, dpi: int = 110) -> bytes:
    """Page ``page`` (1-based) as PNG bytes, drawn in a bounded process. Raises NotFound for a page that is not there,
    UnsupportedFormat for a format without pages, and as ``read_document``."""
    request: wire.Header = {"operation": "render", "media_type": media_type, "page": page, "dpi": dpi}
    return _ask("reader", request, data, READ_TIMEOUT_SECONDS, READ_MEMORY_MB)[1]


class SandboxedOcr:
    """The embedded engine in its own bounded process, started at the first picture."""

    def read_picture(self, png: bytes) -> OcrResult:
        """Raises ExtractionFailed."""
        header, _ = _ask("ocr", {"operation": "ocr"}, png, OCR_TIMEOUT_SECONDS, OCR_MEMORY_MB)
        return wire.ocr_result(header)


def make_engine(config: OcrConfig) -> OcrEngine:
    """The engine that the configuration names."""
    if config.engine == "docling":
        from processing.readers.ocr_docling import DoclingEngine

        return DoclingEngine(config.docling_url, key=config.docling_key, timeout_seconds=config.timeout_seconds)
    if config.engine == "azure":
        from processing.readers.ocr_azure import AzureEngine

        return AzureEngine(
            config.azure_endpoint, config.azure_key, token=config.azure_token, timeout_seconds=config.timeout_seconds
        )
    return SandboxedOcr()


class _Stale(wire.Closed):
    """A worker died that had served other documents: they may be the cause, so a fresh one gets a chance."""


class _Crashed(Exception):
    """The worker answered what no worker of ours answers, or died."""


def _ask(
    role: Role,
    request: wire.Header,
    data: bytes,
    timeout_seconds: float,
    memory_mb: int,
    ocr: OcrEngine | None = None,
    max_pictures: int = 0,
) -> tuple[wire.Header, bytes]:
    request = {**request, "timeout_seconds": timeout_seconds, "memory_mb": memory_mb}
    try:
        try:
            answer, body = _once(role, request, data, ocr, max_pictures)
        except _Stale:
            answer, body = _once(role, request, data, ocr, max_pictures)
    except TimeoutError as error:
        raise errors.ExtractionFailed(f"The document was not read within {timeout_seconds:g} seconds.") from error
    except wire.Closed as error:
        log.warning("A reader process died", extra={"role": role, "media_type": request.get("media_type")})
        raise errors.ExtractionFailed(_CRASHES["error"]) from error
    except (ValueError, TypeError, KeyError) as error:
        log.warning("A reader process sent nonsense", extra={"role": role, "media_type": request.get("media_type")})
        raise errors.ExtractionFailed(_CRASHES["error"]) from error
    except _Crashed as error:
        reason, detail = error.args
        log.warning("A reader failed: %s", detail or reason, extra={"media_type": request.get("media_type")})
        raise errors.ExtractionFailed(_CRASHES.get(str(reason), _CRASHES["error"])) from error
    if answer.get("status") == "error":
        raise _ERRORS.get(str(answer.get("code")), errors.ExtractionFailed)(str(answer.get("message", "")))
    return answer, body


def _once(
    role: Role, request: wire.Header, data: bytes, ocr: OcrEngine | None, max_pictures: int
) -> tuple[wire.Header, bytes]:
    turn = _Turn()
    try:
        while True:
            answer, body = _served(role, request, data, ocr, max_pictures, turn)
            if answer.get("status") != "later":
                return answer, body
            turn.wait()
    finally:
        turn.end()


class _Turn:
    """The right of one document to hold a reader while pictures of it are read."""

    def __init__(self) -> None:
        self._turns = _turns
        self._mine = False

    def take(self) -> bool:
        self._mine = self._mine or self._turns.acquire(blocking=False)
        return self._mine

    def wait(self) -> None:
        waiting: Callable[[], AbstractContextManager[object]] = getattr(_thread, "waiting", None) or nullcontext
        with waiting():
            self._mine = self._turns.acquire(timeout=_WAIT_FOR_A_TURN_SECONDS)
        if not self._mine:
            raise errors.Throttled("Too many scans are being read; try again.")

    def end(self) -> None:
        if self._mine:
            self._turns.release()


def _served(
    role: Role, request: wire.Header, data: bytes, ocr: OcrEngine | None, max_pictures: int, turn: _Turn
) -> tuple[wire.Header, bytes]:
    """The answer of one worker; its status is "later" where a picture is to be read and it is not this one's turn."""
    with _pools[role].worker(str(request.get("document", ""))) as worker:
        try:
            answer, body = _converse(worker, request, data, ocr, max_pictures, turn)
        except wire.Closed as error:
            raise (_Stale if worker.documents else wire.Closed) from error
        if answer.get("status") == "crashed":
            raise _Crashed(answer.get("reason"), answer.get("detail", ""))
        if not worker.documents:
            _note_walls(answer)
        worker.documents += 1
        worker.kept = str(answer.get("kept", ""))
        resident_mb = float(answer.get("resident_mb", 0))
        if worker.documents >= _MAX_DOCUMENTS_PER_WORKER or resident_mb > _MAX_RESIDENT_MB[role]:
            worker.kill()
        return answer, body


def _note_walls(answer: wire.Header) -> None:
    """Says once a process what the kernel here does not offer around readers."""
    global _walls_noted
    missing = sorted({"landlock", "seccomp"} - set(answer.get("walls") or ()))
    if missing and not _walls_noted:
        _walls_noted = True
        log.warning("Readers run without %s on this machine", " and ".join(missing))


def _converse(
    worker: _Worker, request: wire.Header, data: bytes, ocr: OcrEngine | None, max_pictures: int, turn: _Turn
) -> tuple[wire.Header, bytes]:
    """Sends the request and answers the worker's questions for OCR until it has a result."""
    deadline = time.monotonic() + float(request["timeout_seconds"])
    max_bytes = int(request["memory_mb"]) * 1024 * 1024
    wire.send(worker.socket, request, data, deadline=deadline)
    pictures = 0
    while True:
        answer, body = wire.receive(worker.socket, max_bytes=max_bytes, deadline=deadline)
        if answer.get("status") != "picture":
            return answer, body
        pictures += 1
        if ocr is None or pictures > max_pictures or len(body) > _MAX_PICTURE_BYTES:
            raise ValueError("a picture that nobody allowed")
        if not turn.take():
            wire.send(worker.socket, {"status": "later"}, deadline=deadline)
            continue
        started = time.monotonic()
        reply = _read_picture(ocr, body)
        deadline += time.monotonic() - started
        wire.send(worker.socket, reply, deadline=deadline)


def _read_picture(ocr: OcrEngine, png: bytes) -> wire.Header:
    try:
        return wire.ocr_answer(ocr.read_picture(png))
    except (errors.Deferred, errors.Unavailable, errors.BudgetExceeded):
        raise  # of the job, not of the picture: the reader is given up
    except InvoicesiteError as error:
        return {"status": "error", "message": str(error)}
