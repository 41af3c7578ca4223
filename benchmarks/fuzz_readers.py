"""Mutated documents through the check and the bounded readers: nothing may crash the caller, hang, or raise an error
outside of the family.

usage: python -m benchmarks.fuzz_readers [DIR...] [--quick] [--seconds N] [--seed N]

Seeds are the files of the directories (default: samples/documents) and a small file of each format. OCR is answered by
an engine that sees nothing: the bounds around it are tested elsewhere. Last line: one JSON object; the exit code is 1
where an input was not answered in time or raised something unknown.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import psutil

from common.errors import InvoicesiteError
from processing.readers.detect import check_document
from processing.readers.ocr import OcrResult
from processing.sandbox import calls
from tests.processing import hostile

_TIMEOUT_SECONDS = 10.0
_MEMORY_MB = 768
# Numbers that parsers trip over: signs, sizes and terminators of 8, 16 and 32 bits.
_TRICKY = (
    b"\x00",
    b"\xff",
    b"\x7f",
    b"\x80\x00",
    b"\xff\xff",
    b"\x7f\xff\xff\xff",
    b"\xff\xff\xff\xff",
    b"\x00\x00\x00\x00",
)
_WORDS = (
    b"%%EOF",
    b"stream",
    b"endobj",
    b"obj",
    b"<<",
    b">>",
    b"[",
    b"]",
    b"</",
    b"<!",
    b"&#0;",
    b'"',
    b"\n\n",
    b"\r",
    b"--b",
)

Mutation = Callable[[random.Random, bytearray], None]


class NoOcr:
    def read_picture(self, png: bytes) -> OcrResult:
        return OcrResult(())


def flip(rng: random.Random, data: bytearray) -> None:
    for _ in range(rng.choice((1, 2, 8, 64))):
        at = rng.randrange(len(data))
        data[at] ^= 1 << rng.randrange(8)


def overwrite(rng: random.Random, data: bytearray) -> None:
    at = rng.randrange(len(data))
    piece = rng.choice(_TRICKY)
    data[at : at + len(piece)] = piece


def insert(rng: random.Random, data: bytearray) -> None:
    at = rng.randrange(len(data))
    data[at:at] = rng.choice(_WORDS) * rng.choice((1, 1, 2, 1000))


def cut_out(rng: random.Random, data: bytearray) -> None:
    at = rng.randrange(len(data))
    del data[at : at + rng.randrange(1, max(2, len(data) // 8))]


def repeat(rng: random.Random, data: bytearray) -> None:
    at = rng.randrange(len(data))
    piece = bytes(data[at : at + rng.randrange(1, 400)])
    data[at:at] = piece * rng.choice((1, 2, 50))


def number(rng: random.Random, data: bytearray) -> None:
    """Another number in place of one that is written out: lengths, counts, references."""
    digits = [i for i in range(0, len(data), 7) if 48 <= data[i] <= 57]
    if digits:
        at = rng.choice(digits)
        data[at : at + 1] = rng.choice((b"0", b"-1", b"9", b"99999999999", b"4294967295", b"2147483648"))


def splice(rng: random.Random, data: bytearray) -> None:
    a, b = rng.randrange(len(data)), rng.randrange(len(data))
    size = rng.randrange(1, 2000)
    data[a : a + size] = data[b : b + size]


MUTATIONS: tuple[Mutation, ...] = (flip, flip, overwrite, insert, cut_out, repeat, number, splice)


def seeds(directories: list[Path]) -> list[tuple[str, bytes]]:
    files = [path for directory in directories for path in sorted(directory.rglob("*")) if path.is_file()]
    found = [(path.name, data) for path in files if 0 < len(data := path.read_bytes()) < 400_000]
    return [
        *found,
        ("base.pdf", hostile.drawn_pdf()),
        ("form.pdf", hostile.self_calling_form_pdf()),
        ("base.xlsx", hostile.workbook()),
        ("base.ods", hostile.ods("<office:document-content/>")),
        ("base.docx", hostile.docx(hostile.docx_paragraph() * 20)),
        ("base.xls", hostile.ole("Workbook")),
        ("base.eml", hostile.mail(b"Total due 10.00\r\n" * 20)),
        ("base.html", b"<html><table>" + b"<tr><td>Bolt</td><td>4.00</td></tr>" * 30 + b"</table></html>"),
        ("base.csv", b'Zone;"Rate"\n' + b"1;4.90\n" * 100),
        ("base.xml", b"<?xml version='1.0'?><Invoice xmlns='urn:x'>" + b"<ID>1</ID>" * 50 + b"</Invoice>"),
        *((f"base.{kind.lower()}", hostile.picture(kind=kind)) for kind in ("PNG", "JPEG", "WEBP", "TIFF", "HEIF")),
    ]


def mutated(rng: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4))):
        if changed:
            rng.choice(MUTATIONS)(rng, changed)
    return bytes(changed[:2_000_000])


def outcome(data: bytes, filename: str) -> str:
    try:
        media_type = check_document(data, filename=filename, probe=calls.probe_document)
        calls.read_document(data, media_type, timeout_seconds=_TIMEOUT_SECONDS, memory_mb=_MEMORY_MB, ocr=NoOcr())
    except InvoicesiteError as error:
        cause = repr(error.__cause__) if error.code == "extraction_failed" else ""
        if "TimeoutError" in cause:
            return "timeout"
        if "_Crashed" in cause or "Closed" in cause or "_Stale" in cause:
            return "reader failed"
        return error.code
    except Exception as error:  # the very thing that is looked for
        return f"unknown error: {type(error).__name__}"
    return "read"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directories", type=Path, nargs="*", default=[Path("samples/documents")])
    parser.add_argument("--quick", action="store_true", help="10 seconds")
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--seed", type=int, default=20260301)
    parser.add_argument("--keep", type=Path, help="directory for inputs that a reader failed on")
    args = parser.parse_args()
    rng = random.Random(args.seed)
    bases = seeds(args.directories)
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    started = time.monotonic()
    process = psutil.Process()
    outcome(hostile.drawn_pdf(), "warm.pdf")
    memory_before = process.memory_info().rss
    while time.monotonic() - started < (10 if args.quick else args.seconds):
        filename, base = rng.choice(bases)
        data = mutated(rng, base)
        begun = time.monotonic()
        result = outcome(data, filename)
        slowest = max(slowest, time.monotonic() - begun)
        outcomes[result] += 1
        if result in ("timeout", "reader failed") or result.startswith("unknown"):
            print(f"{result}: input {outcomes.total()} from {filename}, {len(data)} bytes")
            if args.keep:
                args.keep.mkdir(parents=True, exist_ok=True)
                (args.keep / f"{outcomes.total()}-{filename}").write_bytes(data)
    seconds = time.monotonic() - started
    for name, count in outcomes.most_common():
        print(f"{name:<40}{count:>8}")
    bad = sum(count for name, count in outcomes.items() if name.startswith("unknown") or name == "timeout")
    figures = {
        "inputs": outcomes.total(),
        "seconds": round(seconds, 1),
        "slowest_seconds": round(slowest, 2),
        "unknown_errors_and_hangs": bad,
        "reader_failures": outcomes["reader failed"],
        "parent_grown_mb": round((process.memory_info().rss - memory_before) / 1e6, 1),
    }
    print(json.dumps(figures))
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
