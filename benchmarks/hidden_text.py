"""Forged PDFs, whose text says more than their pages show, and honest scans with a text layer: how many are held back.

usage: python -m benchmarks.hidden_text [--quick] [--scans N]

Each kind of forged file must be held back by ``hidden_text``; each scan with a true layer must not. Then scans whose
layer says another sum or account, which must. Last line: one JSON object.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import replace

from processing.readers import media_types
from processing.sandbox import calls
from tests.processing.forged_pdfs import FALSE_IBAN, FALSE_TOTAL, FORGED, scan_with_layer, sums_by_chance


def is_held(pdf: bytes) -> bool:
    content = calls.read_document(pdf, media_types.PDF)
    return any(reason.code == "hidden_text" for reason in content.reasons)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--scans", type=int, metavar="N")
    options = parser.parse_args()
    scans = options.scans or (4 if options.quick else 50)
    began = time.monotonic()
    passed = [kind for kind, make in FORGED.items() if not is_held(make())]
    print(f"forged kinds held back: {len(FORGED) - len(passed)} of {len(FORGED)}", *passed, sep="\n  not: ")
    honest_held = forged_held = 0
    for seed in range(scans):
        honest = sums_by_chance(seed)
        honest_held += is_held(scan_with_layer(honest, honest, seed=seed))
        lie = replace(honest, total=FALSE_TOTAL) if seed % 2 else replace(honest, iban=FALSE_IBAN)
        forged_held += is_held(scan_with_layer(honest, lie, seed=seed))
    print(f"scans with a true layer held back: {honest_held} of {scans}")
    print(f"scans with a false layer held back: {forged_held} of {scans}")
    print(
        json.dumps(
            {
                "forged_kinds": len(FORGED),
                "forged_kinds_held": len(FORGED) - len(passed),
                "honest_scans": scans,
                "honest_scans_held": honest_held,
                "false_scans": scans,
                "false_scans_held": forged_held,
                "seconds": round(time.monotonic() - began, 1),
            }
        )
    )


if __name__ == "__main__":
    main()
