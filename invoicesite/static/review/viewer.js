// The document: pictures of its pages with what was read drawn over them, or its rows where it has no pictures.

import { draw, make } from "./dom.js";
import { fetchJson } from "./server.js";

const CHARACTER_POINTS = 6; // the grid that a plain text is laid out on by its reader
const SMALLEST_DRAG = 5;
const A4 = [595, 842];

const plain = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

// Year, month and day of a text that is a date and nothing else, in one order whatever its own.
function dateParts(text) {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text) ?? /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(text);
  return match ? match.slice(1).map(Number).sort((a, b) => a - b).join(" ") : null;
}

// Where the page shows the same text, amount or date as the e-invoice, if it does.
function lookAlike(page, text) {
  const [wanted, date] = [plain(text), dateParts(text.trim())];
  if (wanted.length < 2) return null;
  const same = (shown) => plain(shown) === wanted || (date !== null && dateParts(shown.trim()) === date);
  const cell = page.spans.find((entry) => entry.cell.box && same(entry.cell.text));
  return cell?.cell.box ?? page.spans.find((entry) => same(entry.word.text))?.word.box ?? null;
}

export class Viewer {
  // hooks: activeField(), pick({text, around, place, add}), fieldAt(place), evidence() → field → place
  constructor(container, documentData, hooks) {
    this.container = container;
    this.document = documentData;
    this.hooks = hooks;
    this.zoom = 1;
    this.pages = new Map();
    this.showAll = true;
    if (!documentData || documentData.purged) return;
    this.observer = new IntersectionObserver((entries) => entries.forEach((entry) => this.seen(entry)), {
      root: container,
      rootMargin: "600px 0px",
    });
    for (let number = 1; number <= documentData.pages; number += 1) this.addPage(number);
    container.addEventListener("pointerdown", (event) => this.press(event));
    container.addEventListener("click", (event) => this.click(event));
    container.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    container.addEventListener("scroll", () => this.tellPage(), { passive: true });
  }

  addPage(number) {
    const element = make("div", { class: this.document.pictures ? "rv-page" : "rv-rows", "data-page": number });
    const page = { number, element, width: A4[0], height: A4[1], words: null, loading: null };
    if (this.document.pictures) {
      element.style.aspectRatio = `${page.width} / ${page.height}`;
      page.boxes = draw("svg", { class: "rv-boxes", "aria-hidden": "true", preserveAspectRatio: "none" });
      element.append(page.boxes);
    }
    this.pages.set(number, page);
    this.container.append(element);
    this.observer.observe(element);
  }

  seen(entry) {
    if (entry.isIntersecting) this.load(this.pages.get(Number(entry.target.dataset.page)));
  }

  load(page) {
    if (!page) return Promise.resolve();
    page.loading ??= this.reallyLoad(page);
    return page.loading;
  }

  async reallyLoad(page) {
    if (this.document.pictures) {
      const picture = make("img", {
        src: this.document.picture_url.replace("{page}", page.number),
        alt: `Page ${page.number}`,
        draggable: "false",
      });
      picture.addEventListener("error", () => picture.replaceWith(make("p", { class: "rv-none", text: "This page cannot be drawn." })));
      page.element.prepend(picture);
    }
    try {
      page.words = await fetchJson(this.document.words_url.replace("{page}", page.number));
    } catch {
      page.words = { rows: [], width: 0, height: 0, rows_in_all: 0 };
      if (!this.document.pictures) page.element.append(make("p", { class: "rv-none", text: "What was read of this document is not kept any more." }));
    }
    if (this.document.pictures) this.layWords(page);
    else this.layRows(page);
    this.drawBoxes(page);
  }

  layWords(page) {
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

  layRows(page) {
    const { rows, name, rows_in_all: all } = page.words;
    if (name) page.element.append(make("h3", { text: name }));
    const isText = rows.some((row) => row.cells.some((cell) => cell.words.length));
    page.spans = [];
    page.element.append(isText ? this.asText(page, rows) : this.asTable(page, rows));
    page.bySpan = new Map(page.spans.map((entry) => [entry.span, entry]));
    if (rows.length < all) page.element.append(make("p", { class: "rv-none", text: `The first ${rows.length} of ${all} rows.` }));
  }

  asText(page, rows) {
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

  asTable(page, rows) {
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

  drawBoxes(page) {
    if (!page?.words) return;
    const evidence = this.hooks.evidence();
    if (page.boxes) {
      page.boxes.replaceChildren();
      for (const [field, place] of Object.entries(evidence)) {
        if (place.page !== page.number || !place.box) continue;
        const [x0, top, x1, bottom] = place.box;
        const rect = draw("rect", { x: x0 - 1.5, y: top - 1.5, width: x1 - x0 + 3, height: bottom - top + 3, rx: 2 });
        rect.dataset.for = field;
        page.boxes.append(rect);
      }
    } else {
      for (const entry of page.spans) delete entry.span.dataset.for;
      for (const [field, place] of Object.entries(evidence)) {
        for (const entry of this.entriesAt(page, place)) entry.span.dataset.for = field;
      }
    }
    this.relight();
  }

  redraw() {
    for (const page of this.pages.values()) this.drawBoxes(page);
  }

  entriesAt(page, place) {
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

  // Scrolls to a place and lights it up; without a place all lights go out.
  async light(field, place, { scroll = true } = {}) {
    this.lit = { field, place };
    this.relight();
    if (!place || !this.document || this.document.purged) return;
    if (place.page && this.pages.has(place.page)) {
      const page = this.pages.get(place.page);
      await this.load(page);
      if (this.lit.place !== place) return;
      this.relight();
      if (scroll && place.box && page.boxes) this.scrollToBox(page, place.box);
      else if (scroll) this.scrollToEntry(this.entriesAt(page, place)[0]);
    } else if (place.path || place.cell) {
      for (const page of this.pages.values()) {
        await this.load(page);
        if (this.lit.place !== place) return;
        if (page.boxes) {
          // The value stands in the e-invoice; the page may show the same.
          const box = lookAlike(page, place.text ?? "");
          if (!box) continue;
          this.lit = { field, place: { page: page.number, box } };
          this.relight();
          if (scroll) this.scrollToBox(page, box);
          return;
        }
        const [entry] = this.entriesAt(page, place);
        if (entry) {
          this.relight();
          if (scroll) this.scrollToEntry(entry);
          return;
        }
      }
    }
  }

  relight() {
    for (const page of this.pages.values()) {
      for (const element of page.element.querySelectorAll(".rv-lit")) element.classList.remove("rv-lit");
      for (const rect of page.element.querySelectorAll("rect:not([data-for], .rv-drawn)")) rect.remove();
      if (!this.lit?.place) continue;
      if (page.boxes && this.lit.place.box && this.lit.place.page === page.number) {
        let rect = [...page.boxes.children].find((child) => child.dataset.for === this.lit.field);
        if (!rect) {
          const [x0, top, x1, bottom] = this.lit.place.box;
          rect = draw("rect", { x: x0 - 1.5, y: top - 1.5, width: x1 - x0 + 3, height: bottom - top + 3, rx: 2 });
          page.boxes.append(rect);
        }
        rect.classList.add("rv-lit");
        page.boxes.append(rect);
      } else if (!page.boxes && page.words) {
        for (const entry of this.entriesAt(page, this.lit.place)) entry.span.classList.add("rv-lit");
      }
    }
  }

  scrollToBox(page, box) {
    const scale = page.element.clientWidth / page.width;
    const [x0, top, x1, bottom] = box.map((edge) => edge * scale);
    const view = this.container;
    const y = page.element.offsetTop + top;
    if (y < view.scrollTop + 40 || y + (bottom - top) > view.scrollTop + view.clientHeight - 40) {
      view.scrollTo({ top: y - view.clientHeight / 3, behavior: "auto" });
    }
    const x = page.element.offsetLeft + x0;
    if (x < view.scrollLeft || x + (x1 - x0) > view.scrollLeft + view.clientWidth) view.scrollLeft = x - view.clientWidth / 3;
  }

  scrollToEntry(entry) {
    entry?.span.scrollIntoView({ block: "center", inline: "nearest" });
  }

  setZoom(zoom, at = null) {
    const before = this.zoom;
    this.zoom = Math.min(5, Math.max(0.4, zoom));
    const view = this.container;
    const [x, y] = at ?? [view.clientWidth / 2, view.clientHeight / 2];
    const ratio = this.zoom / before;
    view.style.setProperty("--zoom", this.zoom);
    view.scrollLeft = (view.scrollLeft + x) * ratio - x;
    view.scrollTop = (view.scrollTop + y) * ratio - y;
    const label = document.querySelector("[data-zoom]");
    if (label) label.textContent = `${Math.round(this.zoom * 100)} %`;
  }

  zoomToLit() {
    const box = this.lit?.place?.box;
    const page = box && this.pages.get(this.lit.place.page);
    if (!page || this.zoom > 1.2) return this.setZoom(1);
    const wide = Math.min(3.5, Math.max(1.6, (0.5 * page.width) / Math.max(box[2] - box[0], 1)));
    this.setZoom(wide);
    const scale = page.element.clientWidth / page.width;
    const view = this.container;
    view.scrollLeft = page.element.offsetLeft + ((box[0] + box[2]) / 2) * scale - view.clientWidth / 2;
    view.scrollTop = page.element.offsetTop + ((box[1] + box[3]) / 2) * scale - view.clientHeight / 2;
  }

  wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const frame = this.container.getBoundingClientRect();
    this.setZoom(this.zoom * Math.exp(-event.deltaY / 400), [event.clientX - frame.left, event.clientY - frame.top]);
  }

  currentPage() {
    const middle = this.container.scrollTop + this.container.clientHeight / 3;
    let current = 1;
    for (const page of this.pages.values()) if (page.element.offsetTop <= middle) current = page.number;
    return current;
  }

  tellPage() {
    const label = document.querySelector("[data-page-number]");
    if (label) label.textContent = this.currentPage();
  }

  goPage(step) {
    const page = this.pages.get(Math.min(this.pages.size, Math.max(1, this.currentPage() + step)));
    if (page) this.container.scrollTo({ top: page.element.offsetTop - 8 });
  }

  toggleBoxes() {
    this.showAll = !this.showAll;
    this.container.classList.toggle("rv-plain-page", !this.showAll);
    document.querySelector("[data-do=boxes]")?.setAttribute("aria-pressed", String(this.showAll));
  }

  pageOf(event) {
    const element = event.target.closest?.("[data-page]");
    return element ? this.pages.get(Number(element.dataset.page)) : null;
  }

  point(page, event) {
    const frame = page.element.getBoundingClientRect();
    return [
      ((event.clientX - frame.left) * page.width) / frame.width,
      ((event.clientY - frame.top) * page.height) / frame.height,
    ];
  }

  press(event) {
    this.dragged = false;
    const page = this.pageOf(event);
    if (!page || event.button !== 0 || event.altKey || !this.hooks.activeField()) return;
    event.preventDefault(); // the field keeps the cursor, and no text is selected
    if (!page.boxes || !page.words) return;
    const start = this.point(page, event);
    const box = draw("rect", { class: "rv-drawn" });
    const scale = page.element.clientWidth / page.width;
    const move = (moved) => {
      const [x, y] = this.point(page, moved);
      const area = [Math.min(x, start[0]), Math.min(y, start[1]), Math.max(x, start[0]), Math.max(y, start[1])];
      if (!this.dragged && Math.hypot(x - start[0], y - start[1]) * scale < SMALLEST_DRAG) return;
      this.dragged = true;
      box.area = area;
      box.setAttribute("x", area[0]);
      box.setAttribute("y", area[1]);
      box.setAttribute("width", area[2] - area[0]);
      box.setAttribute("height", area[3] - area[1]);
      if (!box.parentNode) page.boxes.append(box);
    };
    const end = (ended) => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", end);
      box.remove();
      if (this.dragged && box.area) this.pickArea(page, box.area, ended.shiftKey);
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", end);
  }

  pickArea(page, [x0, top, x1, bottom], add) {
    const inside = page.spans.filter(({ word: { box } }) => {
      const [x, y] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
      return x >= x0 && x <= x1 && y >= top && y <= bottom;
    });
    if (!inside.length) return;
    const lines = new Map();
    for (const entry of inside) lines.set(entry.row, [...(lines.get(entry.row) || []), entry.word.text]);
    const edges = inside.map((entry) => entry.word.box);
    const box = [
      Math.min(...edges.map((e) => e[0])),
      Math.min(...edges.map((e) => e[1])),
      Math.max(...edges.map((e) => e[2])),
      Math.max(...edges.map((e) => e[3])),
    ];
    const text = [...lines.values()].map((words) => words.join(" ")).join("\n");
    this.hooks.pick({ text, around: "", place: { page: page.number, box }, add });
  }

  click(event) {
    if (this.dragged) return;
    const page = this.pageOf(event);
    if (!page?.words) return;
    let entry = page.bySpan.get(event.target);
    if (!entry && page.boxes) {
      const [x, y] = this.point(page, event);
      entry = page.spans.find(({ word: { box } }) => x >= box[0] - 1 && x <= box[2] + 1 && y >= box[1] - 1 && y <= box[3] + 1);
    }
    if (!entry) return;
    const place = this.placeOf(page, entry);
    if (this.hooks.activeField() && !event.altKey) {
      this.hooks.pick({ text: entry.word.text, around: entry.cell.text, place, cellPlace: this.cellPlace(page, entry), add: event.shiftKey });
    } else if (String(getSelection()) === "") {
      this.hooks.choose(place, entry.span.dataset.for);
    }
  }

  placeOf(page, entry) {
    if (page.boxes) return { page: page.number, box: entry.word.box };
    return entry.cell.path ? { path: entry.cell.path } : { page: page.number, cell: entry.cell.cell };
  }

  cellPlace(page, entry) {
    return page.boxes && entry.cell.box ? { page: page.number, box: entry.cell.box } : this.placeOf(page, entry);
  }
}
