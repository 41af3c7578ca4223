// Pointing at the document: a click takes a word, a drag the words within its frame; where no field waits for a value,
// a click shows whose value it is.

import { draw } from "./dom.js";

const SMALLEST_DRAG = 5;

export class Pointer {
  constructor(viewer) {
    this.viewer = viewer;
    this.dragged = false;
    viewer.container.addEventListener("pointerdown", (event) => this.press(event));
    viewer.container.addEventListener("click", (event) => this.click(event));
  }

  pageOf(event) {
    const element = event.target.closest?.("[data-page]");
    return element ? this.viewer.pages.get(Number(element.dataset.page)) : null;
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
    if (!page || event.button !== 0 || event.altKey || !this.viewer.hooks.activeField()) return;
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
    this.viewer.hooks.pick({ text, around: "", place: { page: page.number, box }, add });
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
    if (this.viewer.hooks.activeField() && !event.altKey) {
      this.viewer.hooks.pick({ text: entry.word.text, around: entry.cell.text, place, cellPlace: this.cellPlace(page, entry), add: event.shiftKey });
    } else if (String(getSelection()) === "") {
      this.viewer.hooks.choose(place, entry.span.dataset.for);
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
