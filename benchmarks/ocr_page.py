"""Seconds and peak memory of OCR per page, and how many known numbers it reads, beside Tesseract on the same pictures.

usage: python -m benchmarks.ocr_page [SET_DIR] [--quick] [--pages N] [--dpi N] [--turn DEGREES]

SET_DIR (default: samples) holds ``documents/`` and ``expected.json``. PDFs are drawn as pictures first, whether they
have text or not. The measure of quality is the share of the expected amounts and numbers that stand in what was read.
Tesseract takes part where its program is installed. Last line: one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2

from processing.readers import media_types
from processing.readers.detect import detect_media_type
from processing.readers.images import pictures
from processing.readers.ocr import Picture, pages_from_ocr
from processing.sandbox import calls

_NUMBER_FIELDS = ("total_amount", "subtotal", "tax_amount", "amount_due", "invoice_number")


def pages_of(data: bytes, media_type: str, dpi: int, turn: int) -> Iterator[Picture]:
    """The pages of a PDF or picture as PNG, turned clockwise by ``turn`` degrees."""
    if media_type != media_types.PDF:
        yield from pictures(data, media_type)
        return
    with tempfile.TemporaryDirectory() as folder:
        document = pypdfium2.PdfDocument(data)
        for index in range(len(document)):
            image = document[index].render(scale=dpi / 72).to_pil().convert("L").rotate(-turn, expand=True)
            path = Path(folder) / "page.png"
            image.save(path, dpi=(dpi, dpi))
            picture = next(pictures(path.read_bytes(), media_types.PNG))
            yield replace(picture, number=index + 1)


def expected_numbers(record: dict[str, Any]) -> list[str]:
    values = [record.get(name) for name in _NUMBER_FIELDS]
    values += [line.get("amount") for line in record.get("line_items", ())]
    return [digits for value in values if value and len(digits := re.sub(r"\D", "", str(value))) > 1]


def numbers_in(text: str) -> set[str]:
    """Runs of digits as a reader of prices sees them, without their separators."""
    found = {re.sub(r"\D", "", run) for run in re.findall(r"\d[\d.,'\u00a0 ]*", text)}
    return found | {re.sub(r"\D", "", run) for run in re.findall(r"[\d.,']+", text)}


def read_ours(picture: Picture) -> str:
    result = calls.SandboxedOcr().read_picture(picture.png)
    return "\n".join(row.text for page in pages_from_ocr([(picture, result)]) for row in page.rows)


class Tesseract:
    """The command line program, in automatic page segmentation with orientation detection."""

    def __init__(self) -> None:
        self.peak_mb = 0.0

    def __call__(self, picture: Picture) -> str:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "page.png"
            path.write_bytes(picture.png)
            out = Path(folder) / "out"
            environment = {**os.environ, "OMP_THREAD_LIMIT": str(os.cpu_count() or 1)}
            process = subprocess.Popen(
                ["tesseract", str(path), str(out), "--psm", "1"],  # noqa: S607 - a tool of the measuring machine
                env=environment,
                stderr=subprocess.DEVNULL,
            )
            _, _, usage = os.wait4(process.pid, 0)
            process.returncode = 0
            self.peak_mb = max(self.peak_mb, usage.ru_maxrss / 1e3)
            text = out.with_suffix(".txt")
            return text.read_text(errors="replace") if text.exists() else ""


def measure(reader: Any, pages: list[tuple[str, Picture]], labels: dict[str, dict[str, Any]]) -> dict[str, Any]:
    seconds: list[float] = []
    texts: dict[str, str] = {}
    for file, picture in pages:
        started = time.perf_counter()
        text = reader(picture)
        seconds.append(time.perf_counter() - started)
        texts[file] = texts.get(file, "") + "\n" + text
    right = total = 0
    for file, text in texts.items():
        wanted = expected_numbers(labels.get(file, {}))
        seen = numbers_in(text)
        right += sum(number in seen for number in wanted)
        total += len(wanted)
    return {
        "seconds_median": round(statistics.median(seconds), 2),
        "seconds_mean": round(statistics.fmean(seconds), 2),
        "seconds_max": round(max(seconds), 2),
        "numbers_right": right,
        "numbers_expected": total,
        "numbers_recall": round(right / total, 4) if total else None,
    }


def load(set_dir: Path, limit: int, dpi: int, turn: int) -> tuple[list[tuple[str, Picture]], dict[str, dict[str, Any]]]:
    labels = {entry["file"]: entry["expected"] for entry in json.loads((set_dir / "expected.json").read_text())}
    pages: list[tuple[str, Picture]] = []
    for path in sorted((set_dir / "documents").iterdir()):
        if len(pages) >= limit:
            break
        data = path.read_bytes()
        try:
            media_type = detect_media_type(data, filename=path.name)
            if media_type == media_types.PDF or media_type in media_types.IMAGES:
                pages.extend((path.name, picture) for picture in pages_of(data, media_type, dpi, turn))
        except (ValueError, RuntimeError) as error:  # a sample that is damaged on purpose
            print(f"{path.name}: left out ({error})")
    return pages[:limit], labels


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set_dir", type=Path, nargs="?", default=Path("samples"))
    parser.add_argument("--quick", action="store_true", help="four pages")
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--dpi", type=int, default=200, help="at which PDFs are drawn")
    parser.add_argument("--turn", type=int, default=0, choices=(0, 90, 180, 270))
    args = parser.parse_args()
    pages, labels = load(args.set_dir, 4 if args.quick else args.pages, args.dpi, args.turn)

    read_ours(pages[0][1])  # the models load once per process: not the cost of a page
    results = {"ours": measure(read_ours, pages, labels)}
    calls.close_workers()
    results["ours"]["peak_mb"] = round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3)
    if shutil.which("tesseract"):
        tesseract = Tesseract()
        results["tesseract"] = measure(tesseract, pages, labels)
        results["tesseract"]["peak_mb"] = round(tesseract.peak_mb)

    print(f"{len(pages)} pages of {args.set_dir}")
    print(f"{'engine':<12}{'s median':>10}{'s mean':>8}{'s max':>8}{'peak MB':>9}{'numbers':>12}")
    figures: dict[str, Any] = {"pages": len(pages)}
    for name, result in results.items():
        numbers = f"{result['numbers_right']}/{result['numbers_expected']}"
        print(
            f"{name:<12}{result['seconds_median']:>10}{result['seconds_mean']:>8}{result['seconds_max']:>8}"
            f"{result['peak_mb']:>9}{numbers:>12}"
        )
        figures |= {f"{name}_{key}": value for key, value in result.items()}
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
