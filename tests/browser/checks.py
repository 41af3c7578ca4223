"""What must hold on every page that a browser test opens."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Page, Request

from tests.browser.site import ROOT

AXE = ROOT / "var" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Set, the pages are also kept as pictures: the run is the only maker of docs/screenshots.
SCREENSHOTS = os.environ.get("SCREENSHOTS", "")
SCREENSHOT_FOLDER = ROOT / "docs" / "screenshots"
MAX_SCREENSHOT_BYTES = 200_000


@dataclass(slots=True)
class Watched:
    """What a page did that no page may do: foreign requests, console errors (the browser reports violations of the
    Content Security Policy there), exceptions."""

    page: Page
    host: str
    provider: str
    faults: list[str] = field(default_factory=list)
    # What a test means to see, as regular expressions: the status of an error page is an error on the console too.
    expected: list[str] = field(default_factory=list)

    _listening: list[tuple[Any, Any]] = field(default_factory=list)

    def start(self) -> None:
        self._listening = [
            ("request", lambda request: self._note_request_of_page(request)),
            ("websocket", lambda socket: self._note_request(socket.url)),
            ("console", lambda line: self._note(line.type, line.text)),
            ("pageerror", lambda error: self._note("error", str(error))),
        ]
        for event, noted in self._listening:
            self.page.on(event, noted)

    def stop(self) -> None:
        for event, noted in self._listening:
            self.page.remove_listener(event, noted)

    def _note_request_of_page(self, request: Request) -> None:
        if not request.is_navigation_request():
            self._note_request(request.url)

    def _note_request(self, url: str) -> None:
        parts = urlsplit(url)
        foreign = parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.host
        if foreign and not self._is_elsewhere():
            self.faults.append(f"foreign request: {url}")

    def _is_elsewhere(self) -> bool:
        """Whether the page is the provider's, which does as it likes."""
        return urlsplit(self.page.url).netloc == self.provider

    def _note(self, kind: str, text: str) -> None:
        if (
            kind == "error"
            and not self._is_elsewhere()
            and not any(re.search(pattern, text) for pattern in self.expected)
        ):
            self.faults.append(f"console: {text}")

    def assert_clean(self) -> None:
        assert not self.faults, "\n".join(self.faults)


@contextmanager
def expecting(watched: Watched, pattern: str) -> Iterator[None]:
    """Console errors like ``pattern`` are meant meanwhile."""
    watched.expected.append(pattern)
    yield
    watched.page.wait_for_timeout(50)
    watched.expected.remove(pattern)


@cache
def _axe() -> str:
    if not AXE.exists():
        pytest.skip("axe-core is not there: npm install --prefix var/axe axe-core@4.14.1 (.ci/run does it)")
    return AXE.read_text()


def assert_accessible(page: Page, *, leave_out: list[str] | None = None) -> None:
    """No violation of WCAG 2.2 A and AA that axe-core finds; ``leave_out`` are selectors of what is not ours."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    # A colour half-way between two themes has no contrast to speak of.
    page.evaluate(
        "Promise.all(document.getAnimations().filter(a => a.effect.getComputedTiming().endTime < Infinity)"
        ".map(a => a.finished.catch(() => 0)))"
    )
    found: dict[str, Any] = page.evaluate(
        "([tags, out]) => axe.run(out.length ? {exclude: out.map(s => [s])} : document,"
        " {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
        [AXE_TAGS, leave_out or []],
    )
    lines = [
        f"{violation['id']} ({violation['impact']}): {violation['help']}\n    {node['target']} {node['html'][:160]}\n"
        f"    {node['failureSummary'][:300]}"
        for violation in found["violations"]
        for node in violation["nodes"][:4]
    ]
    assert not lines, f"{page.url}\n" + "\n".join(lines)


def assert_no_sideways_scroll(page: Page) -> None:
    wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= room, f"{page.url} is {wide} px wide in a window of {room} px"


def keep_screenshot(page: Page, name: str, *, full: bool = False) -> Path | None:
    """A picture of the page in ``docs/screenshots``, where SCREENSHOTS asks for them; colours are reduced to keep it
    small."""
    if not SCREENSHOTS:
        return None
    folder = SCREENSHOT_FOLDER if SCREENSHOTS in ("1", "true", "yes") else Path(SCREENSHOTS)
    folder.mkdir(parents=True, exist_ok=True)
    with Image.open(io.BytesIO(page.screenshot(full_page=full))) as taken:
        picture = taken.convert("RGB").quantize(128, dither=Image.Dither.NONE)
        target = folder / f"{name}.png"
        picture.save(target, optimize=True)
    assert target.stat().st_size <= MAX_SCREENSHOT_BYTES, f"{name}.png has {target.stat().st_size} bytes"
    return target
