// The review page of one invoice: what is typed, what is marked on the document, and what the server says of it.

import { Audit } from "./audit.js";
import { debounce, toast } from "./dom.js";
import { Form, WHOLE_CELL } from "./form.js";
import { Problems } from "./problems.js";
import { ask } from "./server.js";
import { Table } from "./tables.js";
import { Viewer } from "./viewer.js";

const PREVIEW_MILLISECONDS = 250;

// The row and column that a field such as line_items[2].amount names.
function split(field) {
  const match = /^(\w+)\[(\d+)\](?:\.(\w+))?$/.exec(field);
  return match ? { table: match[1], index: Number(match[2]), column: match[3] } : null;
}

export class Desk {
  // hooks: accept(reason), withdraw(reason), decide(finding, status)
  constructor(root, data, hooks) {
    Object.assign(this, { root, data });
    this.marked = null; // the field that a click on the page fills
    this.busy = false; // a decision is on its way
    this.left = false; // the page goes away and nothing is lost by it
    this.steps = []; // what u takes back, the last one last
    this.settled = Promise.resolve(); // when the server has judged what was typed last
    this.previewing = null;
    this.previewSoon = debounce(() => this.preview(), PREVIEW_MILLISECONDS);
    const typing = {
      changed: () => this.touched(),
      committed: () => this.preview(),
      focused: (field) => this.mark(field, { scroll: true }),
    };
    this.form = new Form(document.getElementById("rv-fields"), {
      ...typing,
      before: (name, value) => this.steps.push(() => this.form.set(name, value)),
    });
    this.tables = ["line_items", "taxes"].map(
      (name) =>
        new Table(root.querySelector(`[data-table=${name}]`), name, data[name], data.readonly, {
          ...typing,
          rendered: () => this.problems.show(this.problems.reasons, this.problems.errors),
          removing: (table, index, row) => this.steps.push(() => table.restore(index, row)),
        }),
    );
    this.audit = new Audit(root.querySelector("[data-audit]"), this.tables[0], {
      decide: hooks.decide,
      go: (finding) => this.problems.go(finding),
    });
    this.problems = new Problems(root.querySelector("[data-problems]"), this.form, this.tables, {
      ...hooks,
      mayDecide: !data.readonly,
      audit: this.audit,
      mark: (field, how) => this.mark(field, how),
    });
    this.viewer = new Viewer(root.querySelector("[data-pages]"), data.document, {
      activeField: () => !data.readonly && this.marked,
      evidence: () => this.places(),
      pick: (picked) => this.pick(picked),
      choose: (place, field) => this.chooseAt(place, field),
    });
  }

  url(name) {
    return `${this.data.api}${name}/?${new URLSearchParams({ _changelist_filters: this.data.filters })}`;
  }

  tableOf(field) {
    return this.tables.find((table) => field.startsWith(`${table.name}[`));
  }

  // Where the value of each field stands in the document, as far as is known.
  places() {
    const found = {};
    for (const [field, place] of Object.entries(this.data.evidence)) if (!field.startsWith("line_items[")) found[field] = place;
    const lines = this.tables[0];
    lines.rows.forEach((row, index) => {
      for (const column of lines.columns) {
        const place = lines.placeOf(index, column.name, this.data.evidence);
        if (place) found[lines.field(index, column.name)] = place;
      }
    });
    return { ...found, ...this.form.pointed, ...this.tables[1].evidence() };
  }

  mark(field, { scroll = false } = {}) {
    const known = this.form.fields.has(field) || Boolean(split(field));
    this.marked = known ? field : null;
    for (const [name, { wrap }] of this.form.fields) wrap.classList.toggle("rv-marked", name === field);
    for (const cell of this.root.querySelectorAll(".rv-edit .rv-marked")) cell.classList.remove("rv-marked");
    const cell = split(field || "");
    if (cell) {
      const table = this.tableOf(field);
      const input = table?.input(cell.index, cell.column || table.visible()[0].name);
      input?.classList.add("rv-marked");
      if (scroll && input !== document.activeElement) input?.scrollIntoView({ block: "nearest" });
    }
    this.root.classList.toggle("rv-picking", Boolean(this.marked) && !this.data.readonly);
    this.problems.current = this.problems.targets().find((target) => target.field === field) ?? { field };
    this.problems.remark();
    this.viewer.light(field, this.marked ? this.places()[field] : null, { scroll });
  }

  unmark() {
    document.activeElement?.blur();
    this.mark(null);
  }

  edit(field = this.marked) {
    if (!field) return;
    const cell = split(field);
    const input = cell ? this.tableOf(field)?.input(cell.index, cell.column) : this.form.fields.get(field)?.input;
    input?.focus();
    input?.select?.();
  }

  // --- What the server says while one types ---

  changes() {
    const changed = this.form.changes();
    for (const table of this.tables) {
      const rows = table.changes();
      if (rows) changed[table.name] = rows;
    }
    return changed;
  }

  evidence() {
    return { ...this.form.pointed, ...this.tables[0].evidence(), ...this.tables[1].evidence() };
  }

  isDirty() {
    return Object.keys(this.changes()).length > 0 || Object.keys(this.evidence()).length > 0;
  }

  touched() {
    this.root.querySelector("[data-do=save]")?.toggleAttribute("disabled", !this.isDirty());
    this.root.classList.toggle("rv-dirty", this.isDirty());
    this.previewSoon();
  }

  preview() {
    this.previewSoon.cancel();
    if (this.data.readonly) return this.settled;
    this.previewing?.abort();
    const mine = new AbortController();
    this.previewing = mine;
    this.root.classList.add("rv-checking");
    this.settled = ask(this.url("preview"), { changes: this.changes(), evidence: this.evidence() }, { signal: mine.signal }).then((answer) => {
      if (answer.aborted) return;
      this.root.classList.remove("rv-checking");
      if (!answer.ok) return;
      const wrong = new Set(answer.data.errors.map((error) => error.field));
      this.problems.show(answer.data.reasons, answer.data.errors);
      this.form.settle(answer.data.fields, wrong);
      for (const table of this.tables) if (table.changes()) table.settle(answer.data[table.name]);
      this.tellConfidence(answer.data.confidence);
      this.viewer.redraw();
      this.root.querySelector("[data-do=save]")?.toggleAttribute("disabled", !this.isDirty());
    });
    return this.settled;
  }

  tellConfidence(confidence) {
    const place = this.root.querySelector("[data-confidence]");
    if (place) place.textContent = confidence || "–";
  }

  tellHow() {
    for (const [name, { how }] of this.form.fields) {
      const entry = this.data.evidence[name];
      if (!entry) how.textContent = "";
      else if (entry.derived_from) how.textContent = "computed";
      else how.textContent = this.data.methods[entry.method] ?? "";
      if (entry?.confidence) how.title = `${Math.round(entry.confidence * 100)} % sure`;
      how.closest("[data-field]").classList.toggle("rv-unsure", Boolean(entry?.confidence) && Number(entry.confidence) < 0.7);
    }
  }

  load(state) {
    this.data.version = state.version;
    this.data.status = state.status;
    this.data.evidence = state.evidence;
    this.form.load(state.fields);
    this.tables[0].load(state.line_items);
    this.tables[1].load(state.taxes);
    this.audit.show(state.audit);
    this.problems.show(state.reasons);
    const chip = this.root.querySelector("[data-status-chip]");
    chip.textContent = state.status_label;
    chip.className = `rv-chip rv-status-${state.status}`;
    const version = this.root.querySelector("[data-version]");
    if (version) version.textContent = state.version;
    this.tellConfidence(state.confidence);
    this.tellHow();
    this.touched();
    this.previewSoon.cancel();
    this.viewer.redraw();
  }

  // What is typed here stays, on top of what somebody else made of the invoice.
  rebase(state) {
    this.data.version = state.version;
    this.data.evidence = state.evidence;
    this.form.rebase(state.fields);
    for (const table of this.tables) table.rebase(state[table.name]);
    this.audit.show(state.audit);
    return this.preview();
  }

  // --- Reading from the page ---

  async pick({ text, around, place, cellPlace, add }) {
    const field = this.marked;
    const name = field.split(".").pop();
    const whole = WHOLE_CELL.has(name) && around;
    const answer = await ask(this.url("read"), { field, text: whole ? around : text, around });
    if (!answer.ok) {
      toast(answer.data.message, { kind: "rv-bad" });
      return;
    }
    const where = { ...(whole && cellPlace ? cellPlace : place), text: answer.data.text.slice(0, 500) };
    const cell = split(field);
    if (cell) {
      const table = this.tableOf(field);
      const before = table.rows[cell.index]?.cells[cell.column] ?? "";
      this.steps.push(() => table.set(cell.index, cell.column, before));
      table.set(cell.index, cell.column, add && before ? `${before} ${answer.data.value}` : answer.data.value, where);
    } else {
      this.form.set(field, add ? this.form.joined(field, answer.data.value) : answer.data.value, where);
    }
    await this.preview();
    this.viewer.light(field, where, { scroll: false });
  }

  chooseAt(place, known) {
    const inside = ([field, entry]) => {
      if (known) return field === known;
      if (!entry.box || entry.page !== place.page || !place.box) return false;
      const [x, y] = [(place.box[0] + place.box[2]) / 2, (place.box[1] + place.box[3]) / 2];
      return x >= entry.box[0] - 1 && x <= entry.box[2] + 1 && y >= entry.box[1] - 1 && y <= entry.box[3] + 1;
    };
    const found = Object.entries(this.places()).filter(inside);
    const best = found.find(([field]) => this.form.fields.has(field)) ?? found[0];
    if (!best) return;
    this.mark(best[0]);
    const wrap = this.form.fields.get(best[0])?.wrap ?? this.root.querySelector(".rv-edit .rv-marked");
    wrap?.scrollIntoView({ block: "nearest" });
  }
}
