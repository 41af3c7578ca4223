"""The letter around an invoice that stands in the body of a mail: who forwarded it, when, and what they wrote above it.
Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from processing.content.records import DocumentContent, Row
from processing.readers import media_types

# The names that mail programs give the headers of a message they forward, by what they name.
_HEADERS: dict[str, tuple[str, ...]] = {
    "sender": ("from", "von", "de", "da", "van", "fra", "från", "od", "lähettäjä", "feladó", "expéditeur", "afzender",
               "remitente", "mittente", "absender", "de la", "от", "από", "差出人", "发件人"),
    "date": ("date", "sent", "datum", "gesendet", "envoyé", "inviato", "enviado", "enviado el", "verzonden", "sendt",
             "skickat", "wysłano", "data", "fecha", "lähetetty", "dato", "päivämäärä", "elküldve", "odesláno",
             "trimis", "отправлено", "дата", "送信日時", "发送时间", "日期"),
    "subject": ("subject", "betreff", "objet", "oggetto", "asunto", "onderwerp", "emne", "ämne", "temat", "aihe",
                "předmět", "assunto", "subiect", "tárgy", "тема", "θέμα", "件名", "主题"),
    "recipient": ("to", "an", "à", "a", "para", "aan", "til", "till", "do", "vastaanottaja", "címzett", "komu",
                  "către", "кому", "προς", "宛先", "收件人", "pour", "destinataire", "empfänger"),
}  # fmt: skip
_KIND_OF = {name: kind for kind, names in _HEADERS.items() for name in names}
_HEADER = re.compile(r"^[\s>*|]*([^\W\d_][^\W\d_]*(?: [^\W\d_]+)?)\s*\*?\s*[:：]")
_MONEY = re.compile(r"\d[.,'’ ]?\d*[.,]\d{2}(?!\d)")
_NEAR_ROWS = 2  # between two headers of a block: an address may take a line of its own
_MIN_HEADERS = 3


def without_letter(content: DocumentContent) -> DocumentContent:
    """A mail's invoice without what stands around it: of the message and those forwarded in it the one that states
    most amounts, without its sender, recipient and date; the subject of the message itself stays. Other documents as
    they are. Rows keep their numbers."""
    if content.media_type not in (media_types.EML, media_types.MSG) or len(content.pages) != 1:
        return content
    page = content.pages[0]
    messages = _messages(page.rows)
    amounts = [sum(len(_MONEY.findall(row.text)) for row in rows) for rows in messages]
    chosen = max(range(len(messages)), key=lambda index: (amounts[index], index))
    rows = [row for row in messages[chosen] if not _is_header(row)]
    if not rows:
        return content
    return replace(content, pages=(replace(page, rows=tuple(rows)),))


def _is_header(row: Row) -> bool:
    path = row.cells[0].place.path or ""
    return path.startswith("header:") and path != "header:Subject"


def _messages(rows: tuple[Row, ...]) -> list[list[Row]]:
    """The rows of each message, parted at the headers that mail programs put above what they forward or quote."""
    parted: list[list[Row]] = [[]]
    block: list[Row] = []
    kinds: set[str] = set()
    since = 0
    for row in rows:
        path = row.cells[0].place.path or ""
        found = None if path.startswith("header:") else _HEADER.match(row.text)
        kind = _KIND_OF.get(found[1].casefold()) if found else None
        if kind is not None and kind not in kinds:
            kinds.add(kind)
            block.append(row)
            since = 0
            continue
        since += 1
        if block and since <= _NEAR_ROWS and len(kinds) < len(_HEADERS):
            block.append(row)
            continue
        if len(kinds) >= _MIN_HEADERS:
            last = max(i for i, each in enumerate(block) if _HEADER.match(each.text)) + 1
            parted.append(block[last:])
        else:
            parted[-1] += block
        block, kinds, since = [], set(), 0
        parted[-1].append(row)
    if len(kinds) >= _MIN_HEADERS:
        parted.append([])
    else:
        parted[-1] += block
    return [part for part in parted if part] or [list(rows)]
