"""Batches of thirty invoices drawn by chance: how many boundaries are found, and what a batch of 300 pages takes.

usage: python -m benchmarks.batch_split [--quick] [--batches N] [--pages N]

Six senders with layouts and languages of their own, 1 to 4 pages each, three of one sender in a row, with and without
separator sheets and annexes, one invoice upside down. A boundary that is missed, or found where there is none, without
a reason is ``silent``. Last line: one JSON object.
"""

from __future__ import annotations

import argparse
import json
import resource
import time

from processing.extractors.separation import part_ranges, separate, separated
from processing.readers import media_types
from processing.readers.parts import pages_as_files
from processing.readers.registry import read_content
from tests.processing.batch_pdfs import draw_batch

_SEPARATORS = ("", "", "text", "barcode")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--batches", type=int, metavar="N")
    parser.add_argument("--pages", type=int, default=300, metavar="N")
    options = parser.parse_args()
    batches = options.batches or (4 if options.quick else 40)
    boundaries = found = silent = doubtful = 0
    for seed in range(batches):
        batch = draw_batch(
            seed=1000 + seed,
            separators=_SEPARATORS[seed % len(_SEPARATORS)],
            upside_down=seed % 30,
            annexes=seed % 3 == 0,
        )
        starts, doubts, _ = separate(read_content(batch.pdf, media_types.PDF))
        wanted, got = set(batch.starts), set(starts)
        boundaries += len(wanted)
        found += len(wanted & got)
        doubtful += len(doubts)
        silent += len((wanted - got) - set(doubts)) + len(got - wanted)
    print(
        f"boundaries found: {found} of {boundaries} in {batches} batches; in doubt {doubtful}, silently wrong {silent}"
    )

    count = max(options.pages // (8 if options.quick else 2), 1)
    large = draw_batch(seed=5, invoices=count)
    began, cpu = time.monotonic(), time.process_time()
    content = separated(read_content(large.pdf, media_types.PDF))
    ranges = part_ranges(content)
    files = pages_as_files(large.pdf, media_types.PDF, ranges)
    seconds, cpu_seconds = time.monotonic() - began, time.process_time() - cpu
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{large.pages} pages in {len(files)} invoices ({count} drawn): {seconds:.1f} s, {cpu_seconds:.1f} s of CPU, "
        f"peak {peak_mb:.0f} MB"
    )
    print(
        json.dumps(
            {
                "boundaries": boundaries,
                "found": found,
                "share_found": round(found / boundaries, 4),
                "in_doubt": doubtful,
                "silently_wrong": silent,
                "large_pages": large.pages,
                "large_invoices": len(files),
                "large_seconds": round(seconds, 1),
                "large_cpu_seconds": round(cpu_seconds, 1),
                "large_peak_mb": round(peak_mb),
            }
        )
    )


if __name__ == "__main__":
    main()
