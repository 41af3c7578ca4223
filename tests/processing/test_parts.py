"""Files that hold several documents: archives, signed and packed files, batches of e-invoices and of pages."""

from __future__ import annotations

import base64
import gzip
import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import algos, cms, core

from common.errors import InvoicesiteError
from invoices.models import Invoice
from processing.errors import CorruptFile, EncryptedFile, FileTooLarge, UnsupportedEInvoice, UnsupportedFormat
from processing.extractors.separation import first_invoice, part_ranges, separate, separated
from processing.models import Document, ProcessingJob
from processing.pipeline.run import run_job
from processing.readers import media_types
from processing.readers.detect import check_document
from processing.readers.parts import pages_as_files, parts_of
from processing.readers.registry import probe_content, read_content
from processing.readers.wrappers import unwrapped
from processing.services.documents import JobOptions, submit_document
from tests.drawn_bills.parcels import harrier
from tests.processing.batch_pdfs import draw_batch
from tests.processing.documents import make_content
from tests.processing.einvoices import fattura, fattura_body, ubl_invoice
from tests.processing.hostile import zip_of
from tests.processing.import_runs import results_in, run_import
from tests.processing.invoice_files import text_invoice

RULES = JobOptions(policy="rules")


def signed(content: bytes) -> bytes:
    """An envelope of CMS around ``content``, without a signer: nobody's signature is checked."""
    inside = {"content_type": "data", "content": core.OctetString(content)}
    data = cms.SignedData(
        {"version": "v1", "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha256"})],
         "encap_content_info": inside, "signer_infos": []}
    )  # fmt: skip
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": data}).dump())


def in_pieces(content: bytes) -> bytes:
    """The same in BER of indefinite length, the content in pieces: as signing programs write it that stream."""
    size = 100
    pieces = b"".join(
        b"\x04" + _length(len(content[at : at + size])) + content[at : at + size] for at in range(0, len(content), size)
    )
    data_oid, signed_oid = bytes.fromhex("06092a864886f70d010701"), bytes.fromhex("06092a864886f70d010702")
    content_info = b"\x30\x80" + data_oid + b"\xa0\x80\x24\x80" + pieces + bytes(2) * 3
    inner = b"\x02\x01\x01\x31\x0d\x30\x0b\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01" + content_info + b"\x31\x00"
    return b"\x30\x80" + signed_oid + b"\xa0\x80\x30\x80" + inner + bytes(2) * 3


def _length(size: int) -> bytes:
    return bytes([size]) if size < 128 else bytes([0x81, size])


XML = ubl_invoice()
WRAPPED = {
    "DER": signed(XML),
    "BER in pieces": in_pieces(XML),
    "base64": base64.encodebytes(signed(XML)),
    "base64 of base64": base64.b64encode(base64.b64encode(signed(XML))),
    "PEM": b"-----BEGIN PKCS7-----\n" + base64.encodebytes(signed(XML)) + b"-----END PKCS7-----\n",
    "signed twice": signed(signed(XML)),
    "gzip": gzip.compress(XML),
    "signed and packed": gzip.compress(signed(XML)),
}


@pytest.mark.parametrize("kind", WRAPPED)
def test_a_signed_or_packed_file_is_read_like_what_is_in_it(kind: str) -> None:
    name = "a.xml.gz" if WRAPPED[kind][:2] == b"\x1f\x8b" else "a.xml.p7m"
    media_type = check_document(WRAPPED[kind], filename=name, probe=probe_content)
    assert media_type in media_types.WRAPPERS
    assert read_content(WRAPPED[kind], media_type) == read_content(XML, media_types.XML)


def enveloped() -> bytes:
    return bytes(cms.ContentInfo({"content_type": "enveloped_data", "content": cms.EnvelopedData(
        {"version": "v0", "recipient_infos": [], "encrypted_content_info": {"content_type": "data",
         "content_encryption_algorithm": {"algorithm": "aes256_cbc", "parameters": bytes(16)},
         "encrypted_content": b"x" * 32}})}).dump())  # fmt: skip


def detached() -> bytes:
    data = cms.SignedData({"version": "v1", "digest_algorithms": [], "encap_content_info": {"content_type": "data"},
                           "signer_infos": []})  # fmt: skip
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": data}).dump())


HOSTILE: dict[str, tuple[bytes, type[InvoicesiteError]]] = {
    "cut off": (signed(XML)[:200], CorruptFile),
    "base64 cut off": (base64.b64encode(signed(XML))[:-7] + b"!", CorruptFile),
    "encrypted": (enveloped(), EncryptedFile),
    "a signature alone": (detached(), UnsupportedFormat),
    "a program inside": (signed(b"MZ" + bytes(200)), UnsupportedFormat),
    "a format without a reader inside": (signed(b'<Finvoice Version="3.0"/>'), UnsupportedEInvoice),
    "gzip bomb": (gzip.compress(bytes(80_000_000)), FileTooLarge),
    "gzip cut off": (gzip.compress(XML)[:-20], CorruptFile),
    "gzip damaged": (gzip.compress(XML)[:30] + b"\xff" * 60, CorruptFile),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_wrappers_are_refused(kind: str) -> None:
    data, error = HOSTILE[kind]
    with pytest.raises(error):
        check_document(data, probe=probe_content)


def test_wrappers_without_end_are_refused() -> None:
    data = XML
    for _ in range(9):
        data = gzip.compress(data)
    with pytest.raises(UnsupportedFormat):
        unwrapped(data, media_types.GZIP)


def test_entries_of_an_archive_are_parts_and_those_at_fault_are_named() -> None:
    inner = zip_of({"c.txt": text_invoice()})
    data = zip_of(
        {"in/a.xml": XML, "b.exe": b"MZ" + bytes(100), "__MACOSX/._a.xml": b"x", ".hidden": b"x", "d.zip": inner}
    )
    found = parts_of(data, media_types.ZIP)
    assert [(part.name, part.media_type) for part in found] == [
        ("a.xml", media_types.XML),
        ("b.exe", ""),
        ("d.zip", media_types.ZIP),
    ]
    assert found[1].error is not None
    assert found[1].error[0] == "unsupported_format"


def test_an_archive_that_unpacks_too_far_gives_no_entry() -> None:
    found = parts_of(zip_of({"a.txt": 60_000_000}), media_types.ZIP)
    assert [part.error[0] for part in found if part.error] == ["file_too_large"]
    with pytest.raises(FileTooLarge):
        parts_of(zip_of({f"{n}.txt": b"x" for n in range(600)}), media_types.ZIP)


def three_bodies() -> bytes:
    return fattura(*(fattura_body(number=str(n)) for n in (1, 2, 3)))


def test_each_body_of_a_fattura_is_an_invoice_of_its_own() -> None:
    found = parts_of(three_bodies(), media_types.XML)
    assert len(found) == 3
    assert all(part.data.count(b"<FatturaElettronicaBody") == 1 for part in found)
    assert parts_of(three_bodies(), media_types.XML) == found, "the same bytes each time"
    assert parts_of(signed(three_bodies()), media_types.P7M) == found


def test_pages_taken_out_are_the_same_bytes_each_time() -> None:
    batch = draw_batch(seed=1, invoices=3)
    first = pages_as_files(batch.pdf, media_types.PDF, [[1], [2]])
    assert first == pages_as_files(batch.pdf, media_types.PDF, [[1], [2]])
    assert len(read_content(first[0], media_types.PDF).pages) == 1


@pytest.mark.parametrize(
    ("seed", "separators"), [(seed, separators) for seed in range(3) for separators in ("", "text", "barcode")]
)
def test_a_batch_of_thirty_is_split_where_its_invoices_begin(seed: int, separators: str) -> None:
    batch = draw_batch(seed=seed, separators=separators, upside_down=seed * 7, annexes=seed == 1)
    starts, doubtful, sheets = separate(read_content(batch.pdf, media_types.PDF))
    assert starts == batch.starts
    assert doubtful == []
    assert sheets == batch.separators


PAGES = {
    "header": ["Acorn Tools Ltd | INVOICE", "Invoice No: | INV-{n}", "Description | Qty | Unit price | Amount"],
    "items": ["Widget | 1 | 10.00 | 10.00"],
    "total": ["Subtotal | 10.00", "VAT 20% | 2.00", "Total: | £12.00"],
}


def page(number: int, *, total: bool = True, counter: str = "", title: bool = True) -> list[str]:
    header = [line.format(n=number) for line in PAGES["header"]]
    lines = (header if title else header[2:]) + PAGES["items"] + (PAGES["total"] if total else [])
    return [*lines, *([counter] if counter else [])]


def test_a_counter_that_goes_on_keeps_pages_together() -> None:
    content = make_content(page(1, total=False, counter="Page 1 of 2"), page(1, counter="Page 2 of 2"))
    assert separate(content) == ([1], [], [])
    assert separated(content) is content


def test_an_annex_with_a_count_of_its_own_belongs_to_the_invoice_before() -> None:
    annex = ["General terms and conditions", "1. Goods stay our property.", "Page 1 of 1"]
    content = make_content(page(1, counter="Page 1 of 1"), annex, page(2, counter="Page 1 of 1"))
    assert separate(content)[:2] == ([1, 3], [])
    assert part_ranges(separated(content)) == [[1, 2], [3]]


def test_a_counter_that_goes_on_over_another_number_is_in_doubt_and_nothing_is_mixed() -> None:
    content = separated(make_content(page(1, counter="Page 1 of 2"), page(2, counter="Page 2 of 2")))
    assert part_ranges(content) == []
    kept = first_invoice(content)
    assert [reason.code for reason in kept.reasons] == ["several_invoices"]
    assert kept.reasons[0].blocking
    assert "INV-2" not in kept.text


@pytest.mark.django_db
@pytest.mark.usefixtures("own_storage")
class TestDocuments:
    def test_invoices_of_a_batch_become_children_with_their_pages_and_ceilings(self) -> None:
        batch = draw_batch(seed=2, invoices=3)
        options = JobOptions(policy="rules", max_output_tokens=77)
        file = submit_document(data=batch.pdf, filename="batch.pdf", options=options)
        assert run_job(file.job.id)
        file.job.refresh_from_db()
        assert (file.job.status, file.job.outcome) == ("completed", "success")
        file.document.refresh_from_db()
        assert file.document.invoice is None
        children = list(Document.objects.filter(parent=file.document).order_by("filename"))
        assert [child.filename for child in children] == ["batch.pdf#1", "batch.pdf#2", "batch.pdf#3"]
        assert [child.source_detail["part"]["pages"][0] for child in children] == batch.starts
        jobs = list(ProcessingJob.objects.filter(document__in=children))
        assert {job.max_output_tokens for job in jobs} == {77}
        for job in jobs:
            assert run_job(job.id)
        assert set(Invoice.objects.values_list("invoice_number", flat=True)) == set(batch.numbers)

    def test_a_file_taken_apart_twice_has_its_parts_once(self) -> None:
        batch = draw_batch(seed=2, invoices=3)
        file = submit_document(data=batch.pdf, filename="batch.pdf", options=RULES)
        assert run_job(file.job.id)
        again = submit_document(data=batch.pdf, filename="batch.pdf", options=RULES, anew=True)
        assert run_job(again.job.id)
        assert Document.objects.filter(parent=file.document).count() == 3
        assert ProcessingJob.objects.filter(document__parent=file.document).count() == 3

    def test_each_invoice_of_a_carriers_data_file_is_a_document(self) -> None:
        file = submit_document(data=harrier().data, filename="june.csv", options=RULES)
        run_job(file.job.id)
        for job in ProcessingJob.objects.filter(document__parent=file.document):
            run_job(job.id)
        sent = Invoice.objects.values_list("invoice_number", "shipments__tracking_number").order_by("invoice_number")
        assert [number for number, _ in sent] == ["HR-202601"] * 3 + ["HR-202602"] * 3

    def test_an_archive_within_archives_without_end_is_not_followed(self) -> None:
        data = text_invoice()
        for depth in range(9):
            data = zip_of({f"{depth}.zip" if depth else "a.txt": data})
        submit_document(data=data, filename="a.zip", options=RULES)
        for _ in range(12):
            for job in ProcessingJob.objects.filter(status="pending"):
                run_job(job.id)
        assert not Invoice.objects.exists()
        assert ProcessingJob.objects.filter(status="failed", error_code="extraction_failed").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_storage")
def test_the_report_has_an_entry_for_each_part_and_names_what_was_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    batch = draw_batch(seed=2, invoices=3)
    (folder / "a.pdf").write_bytes(batch.pdf)
    (folder / "b.xml.p7m").write_bytes(WRAPPED["base64"])
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("one.txt", text_invoice())
        archive.writestr("two.exe", b"MZ" + bytes(100))
    (folder / "c.zip").write_bytes(out.getvalue())
    (folder / "d.rtf").write_bytes(b"{\\rtf1 hello}")
    (folder / "e.xml").write_bytes(three_bodies())
    status, printed = run_import("import_invoices", folder, "--policy", "rules", "--output", tmp_path / "out")
    entries = {entry["file"]: entry for entry in results_in(tmp_path / "out")}
    assert list(entries) == [
        "a.pdf", "a.pdf#1", "a.pdf#2", "a.pdf#3", "b.xml.p7m", "c.zip", "c.zip#1", "c.zip#2",
        "e.xml", "e.xml#1", "e.xml#2", "e.xml#3",
    ]  # fmt: skip
    assert [entries[f"a.pdf#{n}"]["invoice"]["invoice_number"] for n in (1, 2, 3)] == batch.numbers
    assert entries["a.pdf#1"]["part"] == {"of": "a.pdf", "pages": list(range(1, batch.starts[1]))}
    assert entries["a.pdf"]["invoice"] is None
    assert entries["b.xml.p7m"]["invoice"]["invoice_number"]
    assert entries["c.zip#1"]["part"]["name"] == "one.txt"
    assert entries["c.zip#2"]["error"]["code"] == "unsupported_format"
    assert [entries[f"e.xml#{n}"]["invoice"]["invoice_number"] for n in (1, 2, 3)] == ["1", "2", "3"]
    assert status == 1, "an entry of the archive failed"
    assert "d.rtf" in printed
    metrics = json.loads((tmp_path / "out" / "metrics.json").read_text())
    assert [Path(path).name for path in metrics["passed_over"]] == ["d.rtf"]
