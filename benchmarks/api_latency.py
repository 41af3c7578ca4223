"""How long lists, searches and details of invoices take over HTTP, with 1,000,000 invoices and 25 clients at once.

usage: python -m benchmarks.api_latency [--quick] [--invoices N] [--clients N] [--seconds S] [--pause S]

The rows are made in a scratch database: 2,000 vendors of very different size, three years, statuses and reasons in
realistic shares, words as the services write them. The server is `python -m invoicesite.serve`, the clients are threads
with a kept connection and an access token, each of which pauses between requests as programs and people
do (`--pause 0`: full speed, which measures what the cores can do). Beside the latency stand the plans that PostgreSQL
chooses and how long it takes by itself. Last line: one JSON object.
"""

from __future__ import annotations

import argparse
import http.client
import random
import socket
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

from benchmarks.machine import Machine, machine, print_result, wait_until

from django.contrib.auth.models import User  # isort: skip  # after machine, which sets Django up
from django.db import connection
from django.db.models import QuerySet
from django.http import QueryDict
from rest_framework_simplejwt.tokens import RefreshToken

from invoices.api.filters import InvoiceFilter
from invoices.api.invoices import rows_of
from invoices.models import Invoice
from invoices.queries import invoices_for

VENDORS = 2_000
PAUSE_SECONDS = 0.5
PAGE = 51
# A vendor's share falls with its rank, as in real books: rank = VENDORS * u³.
_ROWS = """
CREATE TEMPORARY TABLE made AS
SELECT n, md5('invoice' || n)::uuid AS id, 1 + floor(%(vendors)s * pow(random(), 3))::int AS v,
    now() - n * interval '90 seconds' AS created, (current_date - (n * 90 / 86400) - (random() * 20)::int) AS dated,
    round((exp(random() * 8) * 10)::numeric, 2) AS net, random() AS luck,
    'INV-' || to_char(now() - n * interval '90 seconds', 'YYYY') || '-' || lpad(n::text, 7, '0') AS number,
    'PO' || lpad((n * 7919 %% 9999991)::text, 7, '0') AS po, '1Z' || upper(substr(md5('t' || n), 1, 14)) AS tracking
FROM generate_series(1, %(invoices)s) AS n
"""
_VENDORS = """
INSERT INTO invoices_vendor (id, name, name_key, tax_id, country, ibans, created_at, updated_at)
SELECT md5('vendor' || n)::uuid, 'Vendor ' ||
    (ARRAY['Nordlicht', 'Adler', 'Cascade', 'Meridian', 'Harbour', 'Summit'])[1 + n %% 6] || ' '
    || n || ' Ltd', 'vendor' || n, '', 'DE', '[]', now(), now()
FROM generate_series(1, %(vendors)s) AS n
"""
_INVOICES = """
INSERT INTO invoices_invoice (id, owner_id, status, version, vendor_id, source_sha256, method, confidence, evidence,
    document_type, invoice_number, invoice_date, due_date, currency, purchase_order, contract_reference,
    buyer_reference, vendor_name, vendor_tax_id, vendor_address, vendor_country, vendor_email, vendor_phone, buyer_name,
    buyer_tax_id, buyer_address, ship_to_address, subtotal, tax_amount, total_amount, amount_due, payment_terms,
    payment_reference, iban, bic, notes, created_at, updated_at, decided_at, decided_by_id, search)
SELECT m.id, %(owner)s, CASE WHEN luck < 0.02 THEN 'needs_review' WHEN luck < 0.03 THEN 'ready' WHEN luck < 0.05
    THEN 'rejected' ELSE 'approved' END, 1, vendor.id, md5(n::text) || md5((-n)::text), 'rules',
    round((0.5 + random() * 0.49)::numeric, 2),
    jsonb_build_object('total_amount', jsonb_build_object('page', 1, 'box', '[1,2,3,4]'::jsonb, 'method', 'rules',
        'text', net::text)),
    'invoice', number, dated, dated + 30, (ARRAY['EUR','EUR','EUR','USD','GBP'])[1 + n %% 5], po, '', '', vendor.name,
    'DE' || (100000000 + v), 'Harbour Road ' || v || ', Hamburg, DE', 'DE', '', '', 'Contoso Retail Ltd', '', '', '',
    net, round(net * 0.19, 2), round(net * 1.19, 2), round(net * 1.19, 2), '30 days net', '',
    'DE' || lpad(v::text, 20, '0'), '', '', created, created,
    CASE WHEN luck >= 0.03 THEN created END, CASE WHEN luck >= 0.03 THEN %(owner)s END,
    array_to_tsvector(array_remove(ARRAY[lower(replace(number, '-', '')), 'inv', split_part(number, '-', 2),
        split_part(number, '-', 3), lower(po), lower(tracking), 'vendor', 'ltd', v::text,
        lower(split_part(vendor.name, ' ', 2)),
        'contoso', 'retail', 'harbour', 'road', 'hamburg', 'de', 'net', '30', 'days', 'eur', to_char(dated, 'YYYYMMDD'),
        replace(round(net * 1.19, 2)::text, '.', '')]
        || ARRAY(SELECT 'w' || substr(md5((n %% 5000 * 31 + k)::text), 1, 4) FROM generate_series(1, 60) AS k), ''))
FROM made m JOIN invoices_vendor vendor ON vendor.id = md5('vendor' || v)::uuid
"""
_LINES = """
INSERT INTO invoices_invoiceline (invoice_id, position, evidence, line_number, description, item_code, quantity, unit,
    unit_price, amount, service, origin, destination, zone, weight_unit, tracking_number, charge_code)
SELECT id, k, '{}', (k + 1)::text, 'Item ' || k || ' of order ' || po, 'A-' || (n + k) %% 10000, 1, 'C62', net / 2,
    net / 2, '', '', '', '', '', CASE k WHEN 0 THEN tracking ELSE '' END, '' FROM made, generate_series(0, 1) AS k
"""
_REASONS = """
INSERT INTO invoices_invoicereason (invoice_id, position, code, field, message, blocking, origin, accepted_why)
SELECT id, 0,
    (ARRAY['total_mismatch', 'suspected_duplicate', 'weak_evidence', 'missing_field', 'iban_changed'])[1 + n %% 5],
    'total_amount', 'A reason.', false, 'rules', '' FROM made WHERE luck < 0.02
"""
TABLES = "invoices_vendor, invoices_invoice, invoices_invoiceline, invoices_invoicereason"


def fill(invoices: int, owner: int) -> float:
    """Make the rows; gives the seconds that it took."""
    began = time.monotonic()
    values = {"invoices": invoices, "vendors": VENDORS, "owner": owner}
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.5)")
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone() == (True,):
            cursor.execute("SET session_replication_role = replica")  # these rows fit: checking each takes long
        cursor.execute("SET maintenance_work_mem = '256MB'")
        # Built once at the end, the index is as VACUUM leaves it, and made in a tenth of the time.
        cursor.execute("DROP INDEX IF EXISTS invoice_search")
        for statement in (_ROWS, _VENDORS, _INVOICES, _LINES, _REASONS):
            cursor.execute(statement, values)
        cursor.execute("CREATE INDEX invoice_search ON invoices_invoice USING gin (search)")
        cursor.execute("RESET session_replication_role")
        cursor.execute("DROP TABLE made")
        cursor.execute(f"VACUUM ANALYZE {TABLES}")
    return time.monotonic() - began


def questions(rng: random.Random, ids: list[str], invoices: int) -> dict[str, tuple[str, dict[str, Any]]]:
    """One request of each kind: path and query."""
    number = rng.randrange(1, invoices)
    vendor = 1 + int(VENDORS * rng.random() ** 3)
    day = f"202{rng.randrange(4, 7)}-0{rng.randrange(1, 9)}-{rng.randrange(10, 28)}"
    filtered: dict[str, Any] = rng.choice(
        [
            {"status": "needs_review", "ordering": "confidence"},
            {"status": "needs_review", "reason": "total_mismatch"},
            {"invoice_date_after": day, "ordering": "invoice_date"},
            {"total_amount_min": "20000", "currency": "GBP"},
            {"vendor_tax_id": f"DE{100000000 + vendor}", "ordering": "-total_amount"},
            {"invoice_number": f"INV-2026-{number:07d}"},
            {"status": "approved", "ordering": "due_date"},
        ]
    )
    searched = rng.choice(
        [f"INV-{rng.choice(['2025', '2026'])}-{number:07d}", f"{number:07d}", f"vendor {vendor}", "contoso hamburg",
         f"po{number * 7919 % 9999991:07d}", "adler eur net", f"{number:07d}"[:5]]
    )  # fmt: skip
    return {
        "list": ("", filtered),
        "search": ("", {"q": searched}),
        "detail": (f"{rng.choice(ids)}/", {}),
    }


def plans(user: User, ids: list[str], invoices: int, *, rounds: int) -> dict[str, dict[str, float]]:
    """Milliseconds that the database takes for the rows of each kind of question; prints the plans of the slowest."""
    rng = random.Random(5)
    times: dict[str, list[float]] = {"list": [], "search": []}
    slowest: dict[str, tuple[float, str, str]] = {}
    for _ in range(rounds):
        for kind, (_, query) in questions(rng, ids, invoices).items():
            if kind == "detail":
                continue
            rows = rows_for(user, query)
            plan = rows.explain(analyze=True, format="text")
            took = float(plan.rsplit("Execution Time: ", 1)[1].split(" ", 1)[0])
            times[kind].append(took)
            if took > slowest.get(kind, (0.0, "", ""))[0]:
                slowest[kind] = (took, str(query), plan)
    for kind, (took, asked, plan) in slowest.items():
        print(f"\nslowest {kind}, {took:.1f} ms: {asked}\n{plan}")
    return {kind: _percentiles(found) for kind, found in times.items()}


def rows_for(user: User, query: dict[str, Any]) -> QuerySet[Invoice]:
    """The query of the list's page, as the API puts it."""
    filters = InvoiceFilter(QueryDict(urlencode(query)), rows_of(invoices_for(user)))
    assert filters.is_valid(), filters.errors
    ordering = query.get("ordering", "-created_at")
    return filters.qs.order_by(ordering, "-id" if ordering.startswith("-") else "id").prefetch_related(None)[:PAGE]


def measure(
    port: int, token: str, ids: list[str], *, invoices: int, clients: int, seconds: float, pause_seconds: float
) -> dict[str, list[float]]:
    """Milliseconds of each answer by kind, over all clients."""
    barrier = threading.Barrier(clients)

    def client(number: int) -> dict[str, list[float]]:
        rng = random.Random(number)
        times: dict[str, list[float]] = {"list": [], "search": [], "detail": []}
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"Authorization": f"Bearer {token}"}
        barrier.wait()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            kind, (path, query) = rng.choice(list(questions(rng, ids, invoices).items()))
            began = time.perf_counter()
            link.request("GET", f"/api/v1/invoices/{path}?{urlencode(query)}", headers=headers)
            answer = link.getresponse()
            body = answer.read()
            assert answer.status == 200, body[:300]
            times[kind].append((time.perf_counter() - began) * 1000)
            if pause_seconds:
                time.sleep(rng.uniform(0.5, 1.5) * pause_seconds)
        return times

    with ThreadPoolExecutor(clients) as pool:
        parts = list(pool.map(client, range(clients)))
    return {kind: [value for part in parts for value in part[kind]] for kind in parts[0]}


def _percentiles(times: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=100)
    return {"p50": statistics.median(times), "p95": cuts[94], "p99": cuts[98]}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _serve(box: Machine) -> int:
    port = _free_port()
    box.start("-m", "invoicesite.serve", "--port", str(port), log="serve.log")

    def answers() -> bool:
        try:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            link.request("GET", "/api/health/")
            return link.getresponse().status == 200
        except OSError:
            return False

    wait_until("the server answers", answers, seconds=90)
    return port


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="20,000 invoices, 5 seconds")
    parser.add_argument("--invoices", type=int)
    parser.add_argument("--clients", type=int, default=25)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--pause", type=float, default=PAUSE_SECONDS, help="seconds between a client's requests")
    options = parser.parse_args()
    invoices = options.invoices or (20_000 if options.quick else 1_000_000)
    seconds = options.seconds or (5 if options.quick else 30)
    with machine(delay_seconds=None, API_RATE_READ="off") as box:
        admin = User.objects.create_superuser("measurer", password=None)
        fill_seconds = fill(invoices, admin.pk)
        sample = Invoice.objects.order_by("id").values_list("id", flat=True)[:2_000]
        ids = [str(found) for found in sample]
        database = plans(admin, ids, invoices, rounds=20 if options.quick else 60)
        token = str(RefreshToken.for_user(admin).access_token)
        port = _serve(box)
        shared: dict[str, Any] = {"invoices": invoices, "clients": options.clients}
        measure(port, token, ids, **shared, seconds=2, pause_seconds=0.2)  # warm
        found = measure(port, token, ids, **shared, seconds=seconds, pause_seconds=options.pause)
    print(f"\n{invoices:,} invoices made in {fill_seconds:.0f} s, {options.clients} clients, pause {options.pause:g} s")
    figures: dict[str, float] = {}
    for kind, times in found.items():
        cuts = _percentiles(times)
        print(
            f"{kind:>7}: " + ", ".join(f"{name} {value:.1f} ms" for name, value in cuts.items()) + f" of {len(times)}"
        )
        figures |= {f"{kind}_{name}_ms": round(value, 2) for name, value in cuts.items()}
    for kind, cuts in database.items():
        print(f"{kind:>7} in the database alone: " + ", ".join(f"{n} {v:.1f} ms" for n, v in cuts.items()))
        figures |= {f"{kind}_database_{name}_ms": round(value, 2) for name, value in cuts.items()}
    rate = sum(map(len, found.values())) / seconds
    print_result(invoices=invoices, clients=options.clients, requests_per_second=round(rate, 1), **figures)


if __name__ == "__main__":
    main()
