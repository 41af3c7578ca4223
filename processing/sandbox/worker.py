"""The process in which parsers run. It knows no Django, no settings and no secrets, and is killed when it misbehaves.
The kernel keeps it from files, the network and other programs.

Started by ``processing.sandbox.calls`` as ``python -m processing.sandbox.worker FD IDLE_SECONDS``; ends when the parent
closes its side.
"""

from __future__ import annotations

import contextlib
import gc
import resource
import signal
import socket
import sys
import time

from common.errors import InvoicesiteError, NotFound
from common.tracebacks import told
from processing.content.codec import content_from_json, content_to_json
from processing.content.extraction_codec import extraction_to_json
from processing.content.records import DocumentContent
from processing.errors import ExtractionFailed
from processing.extractors.rules import extract_by_rules
from processing.extractors.separation import first_invoice, part_ranges, separated
from processing.readers import media_types
from processing.readers.limits import ReadLimits
from processing.readers.ocr import OcrEngine, OcrResult
from processing.readers.part_file import PartFile
from processing.readers.registry import probe_content, read_content, render_content
from processing.sandbox import wire
from processing.sandbox.walls import build_walls

_MAX_REQUEST_BYTES = 256_000_000
# The parent kills on time; this clock is for a parent that died in between.
_GRACE_SECONDS = 2.0
# The cells of the card that will be read again by another plan, by the key that the parent gives: a model is asked in
# between. With nothing asked for this long the process ends, and the cells with it.
_kept: dict[str, DocumentContent] = {}
_KEPT_SECONDS = 120.0


def main(fd: int, idle_seconds: float) -> None:
    """Serves requests on the socket ``fd`` until the parent closes it or nothing was asked for ``idle_seconds``: the
    parent starts another process when it needs one."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # the kernel ends the process, also within a parser's loop
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sock = socket.socket(fileno=fd)
    walls = build_walls()
    gc.freeze()  # what was imported stays
    with contextlib.suppress(wire.Closed, TimeoutError, KeyboardInterrupt):
        while True:
            idle = min(idle_seconds, _KEPT_SECONDS) if _kept else idle_seconds
            request, data = wire.receive(sock, max_bytes=_MAX_REQUEST_BYTES, deadline=time.monotonic() + idle)
            clock = _Clock(float(request["timeout_seconds"]) + _GRACE_SECONDS)
            _limit_memory(int(request["memory_mb"]))
            gc.disable()  # a document is a tree of many small objects without cycles
            answer, out = _serve(sock, request, data, clock)
            clock.stop()
            _limit_memory(None)
            wire.send(sock, {**answer, "resident_mb": _resident_mb(), "walls": walls}, out)
            del data, out
            gc.enable()


class _Clock:
    def __init__(self, seconds: float) -> None:
        self.left = seconds
        self.resume()

    def resume(self) -> None:
        signal.setitimer(signal.ITIMER_REAL, max(self.left, 0.01))

    def stop(self) -> None:
        self.left = signal.setitimer(signal.ITIMER_REAL, 0)[0]


class _Later(BaseException):
    """Other documents have their pictures read: this one is asked for again. No reader may catch it."""


class _ParentOcr:
    """Asks the parent to have a picture read: OCR is heavy and has a process of its own, or a service and its key."""

    def __init__(self, sock: socket.socket, clock: _Clock) -> None:
        self._sock = sock
        self._clock = clock

    def read_picture(self, png: bytes) -> OcrResult:
        self._clock.stop()
        wire.send(self._sock, {"status": "picture"}, png)
        answer, _ = wire.receive(self._sock, max_bytes=0)
        self._clock.resume()
        if answer["status"] == "later":
            raise _Later
        if answer["status"] != "ok":
            raise ExtractionFailed(str(answer["message"]))
        return wire.ocr_result(answer)


def _serve(sock: socket.socket, request: wire.Header, data: bytes, clock: _Clock) -> tuple[wire.Header, bytes]:
    try:
        return _answer(_ParentOcr(sock, clock), request, data)
    except IndexError as error:
        if request["operation"] != "render":
            return _crashed(error), b""
        return _error(NotFound("Page not found.")), b""
    except InvoicesiteError as error:
        return _error(error), b""
    except MemoryError:
        return {"status": "crashed", "reason": "memory"}, b""
    except RecursionError:
        return {"status": "crashed", "reason": "nesting"}, b""
    except _Later:
        return {"status": "later"}, b""
    except wire.Closed:
        raise
    except Exception as error:
        return _crashed(error), b""


def _crashed(error: Exception) -> wire.Header:
    # What a reader did not foresee is reported to the parent, which logs it and fails this one document.
    return {"status": "crashed", "reason": "error", "detail": told(error)}


def _error(error: InvoicesiteError) -> wire.Header:
    return {"status": "error", "code": error.code, "message": str(error)}


def _answer(ocr: OcrEngine, request: wire.Header, data: bytes) -> tuple[wire.Header, bytes]:
    operation, media_type = request["operation"], request.get("media_type", "")
    if operation != "rate_card":
        _kept.clear()
    if operation == "ocr":
        return wire.ocr_answer(_own_engine().read_picture(data)), b""
    if operation == "render":
        return {"status": "ok"}, render_content(data, media_type, request["page"], dpi=request["dpi"])
    if operation == "parts":
        from processing.readers.parts import parts_of

        return _parts_answer(parts_of(data, media_type))
    if operation == "split":
        from processing.readers.parts import pages_as_files

        return _parts_answer(
            [PartFile("", media_type, part) for part in pages_as_files(data, media_type, request["ranges"])]
        )
    if operation == "extract":
        return {"status": "ok"}, extraction_to_json(
            extract_by_rules(content_from_json(data), filename=request["filename"])
        )
    if operation == "einvoice":
        from processing.extractors.einvoice.page import read_einvoice

        return {"status": "ok"}, extraction_to_json(read_einvoice(content_from_json(data)))
    if operation == "reply":
        return _reply(request, data)
    limits = ReadLimits(**request["limits"])
    if operation == "rate_card":
        return _rate_card(ocr, request, data, media_type, limits)
    if operation == "rows":
        from processing.sandbox.row_window import packed_rows, to_wire

        about, rows = to_wire(packed_rows(read_content(data, media_type, limits=limits, include_hidden=True, ocr=ocr)))
        return {"status": "ok", **about}, rows
    if operation == "probe":
        probe_content(data, media_type, limits=limits)
        return {"status": "ok"}, b""
    started = time.monotonic()
    content = read_content(data, media_type, limits=limits, include_hidden=request["include_hidden"], ocr=ocr)
    if media_type in media_types.PAGED:
        content = separated(content)
    read_seconds = time.monotonic() - started
    body = content_to_json(content)
    answer: wire.Header = {"status": "ok", "read_seconds": read_seconds, "content_bytes": len(body)}
    if "filename" in request and content.embedded_xml is None and not part_ranges(content):
        body += extraction_to_json(extract_by_rules(first_invoice(content), filename=request["filename"]))
    return answer, body


def _parts_answer(found: list[PartFile]) -> tuple[wire.Header, bytes]:
    parts = [[part.name, part.media_type, len(part.data), part.error] for part in found]
    return {"status": "ok", "parts": parts}, b"".join(part.data for part in found)


def _reply(request: wire.Header, data: bytes) -> tuple[wire.Header, bytes]:
    from processing.extractors.model.reply import read_reply

    size = int(request["reply_bytes"])
    text, content = data[:size].decode("utf-8", "surrogatepass"), content_from_json(data[size:])
    extraction = read_reply(text, content, truncated=request["truncated"])
    return {"status": "ok", "truncated": extraction.truncated}, extraction_to_json(extraction)


def _rate_card(
    ocr: OcrEngine, request: wire.Header, data: bytes, media_type: str, limits: ReadLimits
) -> tuple[wire.Header, bytes]:
    from processing.ratecards.codec import reading_to_json
    from processing.ratecards.mapped import read_mapped, will_be_read_again

    key, mapping = request["document"], request["mapping"]
    content = _kept.pop(key, None)
    _kept.clear()
    if content is None:
        content = read_content(data, media_type, limits=limits, include_hidden=request["include_hidden"], ocr=ocr)
    reading = read_mapped(content, **mapping)
    again = will_be_read_again(reading, mapping)
    if again:
        _kept[key] = content
    del content  # else the cells are let go before the rates are written out
    return {"status": "ok", "kept": key if again else ""}, reading_to_json(reading)


_engine: OcrEngine | None = None


def _own_engine() -> OcrEngine:
    global _engine
    if _engine is None:
        from processing.readers.ocr_rapid import RapidEngine  # 100 MB: only in the process that reads pictures

        _engine = RapidEngine()
    return _engine


def _limit_memory(megabytes: int | None) -> None:
    # Since Linux 4.7 RLIMIT_DATA counts all private writable memory; RLIMIT_AS would count mapped libraries, too.
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = hard if megabytes is None else megabytes * 1024 * 1024
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _resident_mb() -> float:
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * resource.getpagesize() / 1e6
    except (OSError, ValueError, IndexError):  # not Linux: the highest value so far stands in
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
