// The document: pictures of its pages with what was read drawn over them, or its rows where it has no pictures.

import { draw, make } from "./dom.js";
import { Pointer } from "./pointer.js";
import { fetchJson } from "./server.js";
import { entriesAt, layRows, layWords, lookAlike } from "./words.js";

const A4 = [595, 842];

export class Viewer {
  // hooks: activeField(), pick({text, around, place, add}), choose(place, field), evidence() → field → place
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
    this.pointer = new Pointer(this);
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
      picture.addEventListener("error", () => picture.replaceWith(make("p", { class: "rv-none", text: "This page cannot be displayed." })));
      page.element.prepend(picture);
    }
    try {
      page.words = await fetchJson(this.document.words_url.replace("{page}", page.number));
    } catch {
      page.words = { rows: [], width: 0, height: 0, rows_in_all: 0 };
      if (!this.document.pictures) page.element.append(make("p", { class: "rv-none", text: "The extracted text of this document is no longer stored." }));
    }
    if (this.document.pictures) layWords(page);
    else layRows(page);
    this.drawBoxes(page);
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
        for (const entry of entriesAt(page, place)) entry.span.dataset.for = field;
      }
    }
    this.relight();
  }

  redraw() {
    for (const page of this.pages.values()) this.drawBoxes(page);
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
      else if (scroll) this.scrollToEntry(entriesAt(page, place)[0]);
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
        const [entry] = entriesAt(page, place);
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
        for (const entry of entriesAt(page, this.lit.place)) entry.span.classList.add("rv-lit");
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
}
