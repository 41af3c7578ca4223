// The words of one page: laid over its picture, or as text or a table where there is none; and found again by place.

import { make } from "./dom.js";

const CHARACTER_POINTS = 6; // the grid that a plain text is laid out on by its reader

const plain = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

// Year, month and day of a text that is a date and nothing else, in one order whatever its own.
function dateParts(text) {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text) ?? /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(text);
  return match ? match.slice(1).map(Number).sort((a, b) => a - b).join(" ") : null;
}

// Where the page shows the same text, amount or date as the e-invoice, if it does.
export function lookAlike(page, text) {
  const [wanted, date] = [plain(text), dateParts(text.trim())];
  if (wanted.length < 2) return null;
  const same = (shown) => plain(shown) === wanted || (date !== null && dateParts(shown.trim()) === date);
  const cell = page.spans.find((entry) => entry.cell.box && same(entry.cell.text));
  return cell?.cell.box ?? page.spans.find((entry) => same(entry.word.text))?.word.box ?? null;
}

// Over the picture of the page, invisible, so that they can be pointed at and copied.
export function layWords(page) {
  const { width, height, rows } = page.words;
  if (width && height) {
    [page.width, page.height] = [width, height];
    page.element.style.aspectRatio = `${width} / ${height}`;
  }
  page.boxes.setAttribute("viewBox", `0 0 ${page.width} ${page.height}`);
  const layer = make("div", { class: "rv-words" });
  page.spans = [];
  for (const row of rows) {
    for (const cell of row.cells) {
      const words = cell.words.length ? cell.words : cell.box ? [{ text: cell.text, box: cell.box }] : [];
      for (const word of words) {
        const [x0, top, x1, bottom] = word.box;
        const span = make("span", { text: `${word.text} ` });
        span.style.left = `${(100 * x0) / page.width}%`;
        span.style.top = `${(100 * top) / page.height}%`;
        span.style.width = `${(100 * (x1 - x0)) / page.width}%`;
        span.style.height = `${(100 * (bottom - top)) / page.height}%`;
        span.style.fontSize = `${(86 * (bottom - top)) / page.height}cqh`;
        page.spans.push({ span, word, cell, row: row.number });
        layer.append(span);
      }
    }
  }
  page.bySpan = new Map(page.spans.map((entry) => [entry.span, entry]));
  page.element.append(layer);
}

// Instead of a picture.
export function layRows(page) {
  const { rows, name, rows_in_all: all } = page.words;
  if (name) page.element.append(make("h3", { text: name }));
  const isText = rows.some((row) => row.cells.some((cell) => cell.words.length));
  page.spans = [];
  page.element.append(isText ? asText(page, rows) : asTable(page, rows));
  page.bySpan = new Map(page.spans.map((entry) => [entry.span, entry]));
  if (rows.length < all) page.element.append(make("p", { class: "rv-none", text: `The first ${rows.length} of ${all} rows.` }));
}

function asText(page, rows) {
  const block = make("div", { class: "rv-plain" });
  for (const row of rows) {
    const line = make("div", {});
    let column = 0;
    for (const cell of row.cells) {
      for (const word of cell.words.length ? cell.words : [{ text: cell.text, box: [column * CHARACTER_POINTS] }]) {
        const start = Math.round(word.box[0] / CHARACTER_POINTS);
        if (start > column) line.append(" ".repeat(start - column));
        else if (column) line.append(" ");
        const span = make("span", { text: word.text });
        page.spans.push({ span, word, cell, row: row.number });
        line.append(span);
        column = Math.max(start, column) + word.text.length;
      }
    }
    block.append(line);
  }
  return block;
}

function asTable(page, rows) {
  const table = make("table", {});
  for (const row of rows) {
    const line = make("tr", {});
    let column = 0;
    for (const cell of row.cells) {
      for (; column < cell.column; column += 1) line.append(make("td", {}));
      const span = make("span", { text: cell.text });
      const title = cell.path || cell.cell || "";
      page.spans.push({ span, word: { text: cell.text }, cell, row: row.number });
      line.append(make("td", { title }, span));
      column += 1;
    }
    table.append(line);
  }
  return make("div", { class: "rv-sheet" }, table);
}

// The words that stand at a place: those of a cell, of a part of a line, or of an element of an e-invoice.
export function entriesAt(page, place) {
  if (!place || (place.page && place.page !== page.number)) return [];
  if (place.path) {
    const found = page.spans.filter((entry) => entry.cell.path === place.path);
    return found.slice(-1); // the name of the element comes before its text
  }
  if (!place.cell) return [];
  const exact = page.spans.filter((entry) => entry.cell.cell === place.cell);
  if (exact.length && !place.cell.startsWith("line:")) return exact;
  const range = /^line:(\d+) col:(\d+)-(\d+)$/.exec(place.cell);
  if (!range) return exact;
  const [line, from, to] = range.slice(1).map(Number);
  const inside = page.spans.filter((entry) => {
    const at = /^line:(\d+)/.exec(entry.cell.cell || "");
    if (!at || Number(at[1]) !== line || !entry.word.box) return false;
    const start = Math.round(entry.word.box[0] / CHARACTER_POINTS) + 1;
    return start <= to && start + entry.word.text.length - 1 >= from;
  });
  // The place of a part of a line is the line's cell: the text says which words of it are meant.
  const meant = inside.filter((entry) => place.text?.includes(entry.word.text.replace(/[.,;:]$/, "")));
  return meant.length ? meant : inside;
}
