"""Documents for tests, as functions: small invoices whose every figure is known."""

from __future__ import annotations

from pathlib import Path


def text_invoice(
    *, number: str = "INV-1001", vendor: str = "Northwind Tools Ltd", total: str = "120.00", net: str = "100.00"
) -> bytes:
    """A plain-text invoice that the rules read and the checks pass: one line, 20 % VAT."""
    tax = f"{float(total) - float(net):.2f}"
    return f"""{vendor}
12 Harbour Road, Bristol BS1 4QA, United Kingdom

INVOICE

Bill to:              Contoso Retail Ltd
Invoice number:       {number}
Invoice date:         2026-03-02
Due date:             2026-04-01
Currency:             GBP

Description              Quantity    Unit price      Amount
Socket set, 42 pieces           1      {net:>9}   {net:>9}

                                     Subtotal     {net:>9}
                                     VAT 20 %     {tax:>9}
                                     Total        {total:>9}
""".encode()


def write_invoices(folder: Path, count: int) -> list[Path]:
    """``count`` different invoices as files ``invoice_000.txt`` and so on."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for index in range(count):
        path = folder / f"invoice_{index:03}.txt"
        net = 100 + index
        path.write_bytes(text_invoice(number=f"INV-{2000 + index}", net=f"{net:.2f}", total=f"{net * 1.2:.2f}"))
        paths.append(path)
    return paths
