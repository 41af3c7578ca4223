// Lines and taxes as tables that are typed into: arrows and Enter move, cells of a spreadsheet are pasted.

import { make } from "./dom.js";

const PLACES = 8;
const UNIT = 10n ** BigInt(PLACES);

// A plain decimal as a whole number of its smallest part: sums must not round.
function scaled(text) {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text.trim());
  if (!match || !(match[2] || match[3])) return null;
  const value = BigInt(match[2] || "0") * UNIT + BigInt((match[3] || "").slice(0, PLACES).padEnd(PLACES, "0") || "0");
  return match[1] === "-" ? -value : value;
}

function shown(value) {
  const sign = value < 0n ? "−" : "";
  const whole = value < 0n ? -value : value;
  const fraction = String(whole % UNIT).padStart(PLACES, "0").replace(/0+$/, "").padEnd(2, "0");
  return `${sign}${String(whole / UNIT).replace(/\B(?=(\d{3})+$)/g, ",")}.${fraction}`;
}

export class Table {
  // hooks: changed(table), focused(field), left()
  constructor(element, name, { rows, columns }, readonly, hooks) {
    Object.assign(this, { element, name, columns, readonly, hooks });
    this.cells = element.querySelector("[data-cells]");
    this.load(rows);
    this.cells.addEventListener("input", (event) => this.typed(event));
    this.cells.addEventListener("change", () => this.hooks.committed(this));
    this.cells.addEventListener("keydown", (event) => this.key(event));
    this.cells.addEventListener("paste", (event) => this.paste(event));
    this.cells.addEventListener("focusin", (event) => this.focused(event));
    this.cells.addEventListener("click", (event) => this.pressed(event));
  }

  load(rows) {
    this.original = rows;
    this.explicit = false;
    this.rows = rows.map((cells, position) => ({ position, cells: { ...cells }, pointed: {} }));
    this.render();
  }

  visible() {
    return this.columns.filter((column) => column.shown);
  }

  render() {
    const columns = this.visible();
    const head = make("tr", {}, make("th", { class: "rv-row-number", scope: "col" }));
    for (const column of columns) head.append(make("th", { scope: "col", class: `rv-${column.kind}`, text: column.label }));
    if (!this.readonly) head.append(make("th", { scope: "col" }, this.columnChooser()));
    this.body = make("tbody", {});
    this.rows.forEach((row, index) => this.body.append(this.renderRow(row, index, columns)));
    const table = make("table", { class: `rv-edit rv-edit-${this.name}` }, make("thead", {}, head), this.body);
    this.cells.replaceChildren(this.rows.length ? table : make("p", { class: "rv-quiet", text: this.name === "taxes" ? "No taxes found." : "No lines found." }));
    this.tellSums();
  }

  columnChooser() {
    const hidden = this.columns.filter((column) => !column.shown);
    if (!hidden.length) return null;
    const select = make("select", { class: "rv-columns", "aria-label": "Show another column" }, make("option", { value: "", text: "+" }));
    for (const column of hidden) select.append(make("option", { value: column.name, text: column.label }));
    select.addEventListener("change", (event) => {
      event.stopPropagation();
      this.columns.find((column) => column.name === select.value).shown = true;
      this.render();
      this.hooks.rendered(this);
    });
    return select;
  }

  renderRow(row, index, columns) {
    const line = make("tr", {}, make("th", { scope: "row", class: "rv-row-number", text: index + 1 }));
    for (const column of columns) {
      const input = make("input", {
        type: "text",
        value: row.cells[column.name] ?? "",
        class: `rv-${column.kind}`,
        "aria-label": `${column.label}, row ${index + 1}`,
        readonly: this.readonly,
        inputmode: column.kind === "money" || column.kind === "number" ? "decimal" : undefined,
      });
      input.dataset.column = column.name;
      line.append(make("td", { class: `rv-${column.kind}` }, input));
    }
    if (!this.readonly) {
      const remove = make("button", { type: "button", class: "rv-remove", "aria-label": `Remove row ${index + 1}`, title: "Remove (Ctrl+Backspace)", tabindex: "-1", text: "×" });
      line.append(make("td", {}, remove));
    }
    return line;
  }

  at(input) {
    const line = input.closest("tr");
    return { index: [...this.body.children].indexOf(line), column: input.dataset.column };
  }

  input(index, column) {
    return this.body?.children[index]?.querySelector(`[data-column="${column}"]`) ?? null;
  }

  field(index, column) {
    return `${this.name}[${index}].${column}`;
  }

  typed(event) {
    if (!event.target.dataset.column) return;
    const { index, column } = this.at(event.target);
    this.set(index, column, event.target.value);
  }

  set(index, column, value, place = null) {
    const row = this.rows[index];
    if (!row) return;
    row.cells[column] = value;
    if (place) row.pointed[column] = place;
    else delete row.pointed[column];
    const shownColumn = this.columns.find((entry) => entry.name === column);
    if (!shownColumn.shown) {
      shownColumn.shown = true;
      this.render();
    }
    const input = this.input(index, column);
    if (input && input.value !== value) input.value = value;
    this.tellSums();
    this.hooks.changed(this);
  }

  // What the server made of the values, for those that nobody is typing now.
  settle(rows) {
    rows.forEach((cells, index) => {
      for (const column of this.visible()) {
        const input = this.input(index, column.name);
        if (!input || input === document.activeElement || input.classList.contains("rv-wrong")) continue;
        if (input.value !== cells[column.name]) {
          input.value = cells[column.name];
          this.rows[index].cells[column.name] = cells[column.name];
        }
      }
    });
    this.tellSums();
  }

  focused(event) {
    if (!event.target.dataset.column) return;
    const { index, column } = this.at(event.target);
    event.target.select();
    this.hooks.focused(this.field(index, column));
  }

  pressed(event) {
    if (!event.target.classList.contains("rv-remove")) return;
    this.remove([...this.body.children].indexOf(event.target.closest("tr")));
  }

  add(cells = {}, { focus = true } = {}) {
    const empty = Object.fromEntries(this.columns.map((column) => [column.name, ""]));
    this.rows.push({ position: null, cells: { ...empty, ...cells }, pointed: {} });
    this.render();
    this.hooks.changed(this);
    if (focus) this.input(this.rows.length - 1, this.visible()[0].name)?.focus();
  }

  remove(index) {
    if (index < 0) return;
    this.hooks.removing(this, index, this.rows[index]);
    this.rows.splice(index, 1);
    this.render();
    this.hooks.changed(this);
    this.hooks.committed(this);
    this.input(Math.min(index, this.rows.length - 1), this.visible()[0].name)?.focus();
  }

  restore(index, row) {
    this.rows.splice(index, 0, row);
    this.render();
    this.hooks.changed(this);
    this.hooks.committed(this);
  }

  key(event) {
    const input = event.target;
    if (!input.dataset?.column || event.altKey) return;
    const { index, column } = this.at(input);
    const columns = this.visible().map((entry) => entry.name);
    const place = columns.indexOf(column);
    const go = (row, name) => {
      const target = this.input(row, name);
      if (!target) return false;
      event.preventDefault();
      target.focus();
      return true;
    };
    if (event.key === "ArrowDown") go(index + 1, column);
    else if (event.key === "ArrowUp") go(index - 1, column);
    else if (event.key === "ArrowLeft" && input.selectionStart === 0 && (input.selectionEnd === 0 || input.selectionEnd === input.value.length)) go(index, columns[place - 1]);
    else if (event.key === "ArrowRight" && input.selectionEnd === input.value.length) go(index, columns[place + 1]);
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      event.stopPropagation();
      if (!go(index + (event.shiftKey ? -1 : 1), column) && !event.shiftKey && !this.readonly && index === this.rows.length - 1) this.add();
    } else if (event.key === "Backspace" && (event.ctrlKey || event.metaKey) && !this.readonly) {
      event.preventDefault();
      this.remove(index);
    }
  }

  paste(event) {
    const text = event.clipboardData.getData("text/plain");
    if (this.readonly || !event.target.dataset.column || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    const { index, column } = this.at(event.target);
    const columns = this.visible().map((entry) => entry.name);
    const start = columns.indexOf(column);
    const lines = text.replace(/\r/g, "").replace(/\n+$/, "").split("\n").map((line) => line.split("\t"));
    lines.forEach((cells, down) => {
      const row = index + down;
      if (row >= this.rows.length) {
        const empty = Object.fromEntries(this.columns.map((entry) => [entry.name, ""]));
        this.rows.push({ position: null, cells: empty, pointed: {} });
      }
      cells.forEach((cell, across) => {
        const name = columns[start + across];
        if (!name) return;
        this.rows[row].cells[name] = cell.trim();
        delete this.rows[row].pointed[name];
      });
    });
    this.render();
    this.input(index, column)?.focus();
    this.hooks.changed(this);
    this.hooks.committed(this);
  }

  // What the server takes: null where nothing changed.
  changes() {
    const same = this.rows.length === this.original.length && this.rows.every((row, index) => row.position === index && !this.rowChanges(row));
    if (same && !this.explicit) return null;
    return this.rows.map((row) => (row.position === null || this.explicit ? { ...row.cells } : { position: row.position, ...this.rowChanges(row) }));
  }

  rowChanges(row) {
    const before = this.original[row.position];
    const changed = Object.entries(row.cells).filter(([name, value]) => value !== (before[name] ?? ""));
    return changed.length ? Object.fromEntries(changed) : null;
  }

  // Mine on top of what somebody else made of it: my rows count as they are.
  rebase(rows) {
    if (this.changes() === null) this.load(rows);
    else this.explicit = true;
  }

  evidence() {
    const found = {};
    this.rows.forEach((row, index) => {
      for (const [column, place] of Object.entries(row.pointed)) found[this.field(index, column)] = place;
    });
    return found;
  }

  placeOf(index, column, evidence) {
    const row = this.rows[index];
    if (!row) return null;
    return row.pointed[column] ?? (row.position === null ? null : evidence[this.field(row.position, column)]) ?? null;
  }

  tellSums() {
    this.element.querySelector("[data-count]").textContent = this.rows.length || "";
    const column = this.columns.find((entry) => entry.name === "amount");
    const values = this.rows.map((row) => scaled(row.cells[column.name] || "0"));
    const sum = values.some((value) => value === null) ? null : values.reduce((total, value) => total + value, 0n);
    this.element.querySelector("[data-sum]").textContent = this.rows.length && sum !== null ? `Σ ${shown(sum)}` : "";
  }

  mark(wrong) {
    for (const input of this.cells.querySelectorAll(".rv-wrong, .rv-questioned")) {
      input.classList.remove("rv-wrong", "rv-questioned");
      input.removeAttribute("title");
      input.removeAttribute("aria-invalid");
    }
    for (const { field, message, error } of wrong) {
      const match = /^(\w+)\[(\d+)\](?:\.(\w+))?$/.exec(field);
      if (!match || match[1] !== this.name) continue;
      const input = this.input(Number(match[2]), match[3] || this.visible()[0].name);
      if (!input) continue;
      input.classList.add(error ? "rv-wrong" : "rv-questioned");
      if (error) input.setAttribute("aria-invalid", "true");
      input.title = message;
    }
  }
}
