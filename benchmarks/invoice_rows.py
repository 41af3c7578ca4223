"""A million invoices in a scratch database, each with its lines, document and job: what benchmarks of the API ask.

2,000 vendors of very different size, three years, statuses and reasons in realistic shares, evidence for a dozen
values, words as the services write them. The server makes the rows itself, which takes less than sending them by COPY;
their indexes are made once at the end, as they are after a VACUUM.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from tests.databases import pointed_at

VENDORS = 2_000
TABLES = (
    *("invoices_vendor", "invoices_invoice", "invoices_invoiceline", "invoices_invoicetax", "invoices_invoicereason"),
    *("processing_document", "processing_processingjob"),
)
# A vendor's share falls with its rank, as in real books: rank = VENDORS * u³.
_MADE = """
CREATE UNLOGGED TABLE bench_made AS
SELECT n, md5('invoice' || n)::uuid AS id, 1 + floor(%(vendors)s * pow(random(), 3))::int AS v,
    now() - n * interval '90 seconds' AS created, (current_date - (n * 90 / 86400) - (random() * 20)::int) AS dated,
    round((exp(random() * 8) * 10)::numeric, 2) AS net, random() AS luck,
    'INV-' || to_char(now() - n * interval '90 seconds', 'YYYY') || '-' || lpad(n::text, 7, '0') AS number,
    'PO' || lpad((n * 7919::bigint %% 9999991)::text, 7, '0') AS po, '1Z' || upper(substr(md5('t' || n), 1, 14))
        AS tracking
FROM generate_series(1, %(invoices)s) AS n
"""
_TEXTS = """
CREATE UNLOGGED TABLE bench_texts AS
SELECT n, ARRAY(SELECT 'w' || substr(md5((n * 31 + k)::text), 1, 4) FROM generate_series(1, 60) AS k) AS words
FROM generate_series(0, 4999) AS n
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
    THEN 'rejected' ELSE 'approved' END, 1, vendor.id, md5(m.n::text) || md5((-m.n)::text), 'rules',
    round((0.5 + random() * 0.49)::numeric, 2),
    (SELECT jsonb_object_agg(name, jsonb_build_object('page', 1, 'box', '[100.5,200.25,180.0,212.75]'::jsonb,
        'method', 'rules', 'text', net::text, 'confidence', '0.95')) FROM unnest(ARRAY['invoice_number', 'invoice_date',
        'due_date', 'currency', 'vendor_name', 'vendor_tax_id', 'subtotal', 'tax_amount', 'total_amount', 'iban',
        'purchase_order', 'buyer_name']) AS name),
    'invoice', number, dated, dated + 30, (ARRAY['EUR','EUR','EUR','USD','GBP'])[1 + m.n %% 5], po, '', '', vendor.name,
    'DE' || (100000000 + v), 'Harbour Road ' || v || ', Hamburg, DE', 'DE', '', '', 'Contoso Retail Ltd', '', '', '',
    net, round(net * 0.19, 2), round(net * 1.19, 2), round(net * 1.19, 2), '30 days net', '',
    'DE' || lpad(v::text, 20, '0'), '', '', created, created,
    CASE WHEN luck >= 0.03 THEN created END, CASE WHEN luck >= 0.03 THEN %(owner)s END,
    array_to_tsvector(array_remove(ARRAY[lower(replace(number, '-', '')), 'inv', split_part(number, '-', 2),
        split_part(number, '-', 3), lower(po), lower(tracking), 'vendor', 'ltd', v::text,
        lower(split_part(vendor.name, ' ', 2)), 'de' || (100000000 + v),
        'contoso', 'retail', 'harbour', 'road', 'hamburg', 'de', 'net', '30', 'days', 'eur', to_char(dated, 'YYYYMMDD'),
        replace(round(net * 1.19, 2)::text, '.', '')] || texts.words, ''))
FROM bench_made m JOIN invoices_vendor vendor ON vendor.id = md5('vendor' || v)::uuid
    JOIN bench_texts texts ON texts.n = m.n %% 5000
ORDER BY m.n DESC
"""
_LINES = """
INSERT INTO invoices_invoiceline (invoice_id, position, evidence, line_number, description, item_code, quantity, unit,
    unit_price, amount, service, origin, destination, zone, weight_unit, tracking_number, charge_code)
SELECT id, k, '{}', (k + 1)::text, 'Item ' || k || ' of order ' || po, 'A-' || (n + k) %% 10000, 1, 'C62', net / 2,
    net / 2, '', '', '', '', '', CASE k WHEN 0 THEN tracking ELSE '' END, '' FROM bench_made, generate_series(0, 1) AS k
"""
_TAXES = """
INSERT INTO invoices_invoicetax (invoice_id, position, category, rate, base, amount)
SELECT id, 0, 'S', 19, net, round(net * 0.19, 2) FROM bench_made
"""
_REASONS = """
INSERT INTO invoices_invoicereason (invoice_id, position, code, field, message, blocking, origin, accepted_why)
SELECT id, 0,
    (ARRAY['total_mismatch', 'suspected_duplicate', 'weak_evidence', 'missing_field', 'iban_changed'])[1 + n %% 5],
    'total_amount', 'A reason.', false, 'rules', '' FROM bench_made WHERE luck < 0.02
"""
_DOCUMENTS = """
INSERT INTO processing_document (id, owner_id, kind, sha256, size_bytes, media_type, filename, storage_key, source,
    source_detail, legal_hold, created_at, page_count, invoice_id)
SELECT md5('document' || n)::uuid, %(owner)s, 'invoice', md5(n::text) || md5((-n)::text), 40000, 'application/pdf',
    n || '.pdf', 'raw/' || n, 'upload', '{}', false, created, 1, id FROM bench_made
"""
_JOBS = """
INSERT INTO processing_processingjob (id, document_id, status, stage, priority, policy, budget_usd, spent_usd,
    reserved_usd, overrun_usd, max_output_tokens, attempts, max_attempts, cancel_requested, include_hidden,
    callback_url, outcome, method, error_code, error_message, raw_response, created_at, started_at, finished_at)
SELECT md5('job' || n)::uuid, md5('document' || n)::uuid, 'completed', '', 0, 'cheapest', 0.02, 0.0003, 0, 0, 300, 1, 3,
    false, false, '', 'success', 'rules', '', '', repeat('x', 200), created, created, created FROM bench_made
"""


def job_id(number: int) -> UUID:
    """Of the job of the invoice with this number, from 1."""
    return UUID(hashlib.md5(f"job{number}".encode(), usedforsecurity=False).hexdigest())


@contextmanager
def kept_database(name: str, invoices: int) -> Iterator[str]:
    """A database of this name that stays for the next run, with all migrations. Where it is missing it is made and
    filled as another one, which gets its name when it is whole."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        missing = cursor.fetchone() is None
    if missing:
        draft = sql.Identifier(f"{name}_draft")
        with connection._nodb_cursor() as cursor:
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(draft))
            cursor.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(draft))
        with pointed_at(f"{name}_draft"):
            call_command("migrate", verbosity=0, interactive=False)
            fill(invoices, measurer().pk)
        with connection._nodb_cursor() as cursor:
            cursor.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(draft, sql.Identifier(name)))
    with pointed_at(name):
        call_command("migrate", verbosity=0, interactive=False)
        yield name


def measurer() -> User:
    """The admin to whom the rows belong."""
    found = User.objects.filter(username="measurer").first()
    return found or User.objects.create_superuser("measurer", password=None)


def fill(invoices: int, owner: int) -> float:
    """Make the rows, which belong to this user; gives the seconds that it took."""
    began = time.monotonic()
    values = {"invoices": invoices, "vendors": VENDORS, "owner": owner}
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.5)")
        cursor.execute(_MADE, values)
        cursor.execute(_TEXTS)
        indexes = _dropped_indexes(cursor)
    _at_once([_VENDORS], [_LINES, _TAXES, _REASONS], values=values)
    _at_once([_INVOICES], [_DOCUMENTS, _JOBS], values=values)
    # The inverted index is made by several processes of the server, the others beside each other.
    large = [definition for definition in indexes if "USING gin" in definition]
    small = [definition for definition in indexes if definition not in large]
    _at_once(large, small[::2], small[1::2])
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_made, bench_texts")
        cursor.execute(f"VACUUM ANALYZE {', '.join(TABLES)}")
    return time.monotonic() - began


def _dropped_indexes(cursor: Any) -> list[str]:
    """Drops the indexes of the tables, but those that are constraints; gives the statements that make them."""
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
        "WHERE indrelid = ANY(%s::regclass[]) AND indexrelid NOT IN (SELECT conindid FROM pg_constraint)",
        [list(TABLES)],
    )
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    return [definition for _, definition in indexes]


def _at_once(*lists: list[str], values: dict[str, Any] | None = None) -> None:
    """Each list of statements in a connection of its own."""

    def run(statements: list[str]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
            if cursor.fetchone() == (True,):
                cursor.execute("SET session_replication_role = replica")  # these rows fit: checking each takes long
            cursor.execute("SET synchronous_commit = off")
            cursor.execute("SET maintenance_work_mem = '256MB'")
            for statement in statements:
                cursor.execute(statement, values)
        connection.close()

    with ThreadPoolExecutor(len(lists)) as pool:
        list(pool.map(run, lists))
