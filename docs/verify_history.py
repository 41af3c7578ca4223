"""Verifies an export of the history (`manage.py export_history`): python verify_history.py EXPORT [EARLIER EXPORT]"""

import hashlib
import json
import sys
from pathlib import Path


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def link(row, before):
    values = (row["old"], row["new"], row["why"])
    digests = row["digests"] or ["" if value is None else sha256(row["salt"] + value) for value in values]
    person = "" if row["by"] is None else row["by"]
    parts = (before, row["invoice"], row["position"], row["version"], *digests, row["at"], person, row["field"])
    return sha256("\n".join(map(str, parts)))


now, *earlier = (list(map(json.loads, Path(path).read_text("utf-8").split("\n")[:-1])) for path in sys.argv[1:])
links, heads, wrong = {}, {}, []
for row in now:
    place, before = heads.get(row["invoice"], (0, ""))
    if row["position"] != place + 1 or row["hash"] != link(row, before):
        wrong.append(f"invoice {row['invoice']}: change {row['position']} does not follow change {place}, or is forged")
    links[row["invoice"], row["position"]] = row["hash"]
    heads[row["invoice"]] = (row["position"], row["hash"])
gone = [row for rows in earlier for row in rows if links.get((row["invoice"], row["position"])) != row["hash"]]
wrong += [f"invoice {row['invoice']}: change {row['position']} of the earlier export is gone" for row in gone]
print("\n".join(wrong) or f"{len(links)} changes of {len(heads)} invoices hold")
sys.exit(bool(wrong))
