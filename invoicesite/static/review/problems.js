// The open reasons: as sentences at their fields, or on top where they are about no field of the form.

import { make } from "./dom.js";

export class Problems {
  constructor(list, form, tables, hooks) {
    Object.assign(this, { list, form, tables, hooks, reasons: [], errors: [], current: null });
  }

  show(reasons, errors = []) {
    this.reasons = reasons;
    this.errors = errors;
    const open = this.open();
    const loose = reasons.filter((reason) => !this.form.fields.has(reason.field));
    const count = open.length + errors.length;
    const head = make("p", { class: `rv-verdict ${count ? (open.some((r) => r.blocking) || errors.length ? "rv-blocking" : "rv-asks") : "rv-clean"}` });
    head.append(make("span", { class: "material-symbols-outlined", "aria-hidden": "true", text: count ? "error" : "check_circle" }));
    head.append(count ? `${count} ${count === 1 ? "problem" : "problems"} to check` : "All checks passed.");
    if (count) head.append(make("span", { class: "rv-hint" }, make("kbd", { text: "n" }), " next"));
    this.list.replaceChildren(head, ...loose.map((reason) => this.card(reason)));
    for (const [name, { wrap, why, input }] of this.form.fields) {
      const mine = reasons.filter((reason) => reason.field === name);
      const wrong = errors.filter((error) => error.field === name);
      if (mine.length || wrong.length) this.form.reveal(name);
      wrap.classList.toggle("rv-asked", mine.some((reason) => !reason.accepted));
      wrap.classList.toggle("rv-blocked", mine.some((reason) => !reason.accepted && reason.blocking));
      wrap.classList.toggle("rv-wrong", wrong.length > 0);
      input.setAttribute("aria-invalid", String(wrong.length > 0));
      why.replaceChildren(...wrong.map((error) => make("p", { class: "rv-error", text: error.message })), ...mine.map((reason) => this.sentence(reason)));
    }
    const cells = [...this.hooks.audit.cells(), ...errors.map((error) => ({ ...error, error: true })), ...open];
    for (const table of this.tables) table.mark(cells);
    this.remark();
  }

  open() {
    return this.reasons.filter((reason) => !reason.accepted);
  }

  blocking() {
    return this.open().filter((reason) => reason.blocking);
  }

  card(reason) {
    const card = make("div", { class: `rv-card ${reason.accepted ? "rv-accepted" : reason.blocking ? "rv-blocking" : ""}`, tabindex: "-1" });
    card.append(this.sentence(reason));
    card.addEventListener("click", (event) => {
      if (!event.target.closest("button")) this.go(this.findingOf(reason) ?? this.targets().find((target) => target.reason === reason));
    });
    card.reason = reason;
    return card;
  }

  sentence(reason) {
    const line = make("p", { class: reason.accepted ? "rv-accepted" : "" });
    line.append(make("span", { text: reason.message }));
    if (reason.blocking && !reason.accepted) line.append(" ", make("span", { class: "rv-chip rv-chip-blocking", text: "blocks" }));
    if (reason.accepted) line.append(" ", make("span", { class: "rv-chip", text: "accepted" }));
    if (this.hooks.mayDecide) {
      const button = make("button", { type: "button", class: "rv-link", text: reason.accepted ? "take back" : "accept" });
      button.addEventListener("click", () => (reason.accepted ? this.hooks.withdraw(reason) : this.hooks.accept(reason)));
      line.append(" ", button);
    }
    return line;
  }

  // What n and p go through: reasons about no field first, then the fields in their order on the page, then what the
  // audit found. The reasons that stand for open findings are passed over for these.
  targets() {
    const cards = [...this.list.querySelectorAll(".rv-card")].filter((card) => !card.reason.accepted && !this.findingOf(card.reason));
    const targets = cards.map((element) => ({ element, reason: element.reason, field: element.reason.field }));
    for (const [name, { wrap }] of this.form.fields) {
      const error = this.errors.find((entry) => entry.field === name);
      const reason = this.open().find((entry) => entry.field === name);
      if (error || reason) targets.push({ element: wrap, reason: reason ?? null, field: name });
    }
    for (const error of this.errors) {
      if (error.field.includes("[")) targets.push({ element: this.list, reason: null, field: error.field });
    }
    return [...targets, ...this.hooks.audit.open()];
  }

  findingOf(reason) {
    return this.hooks.audit.open().find((finding) => finding.code === reason.code);
  }

  step(direction) {
    const targets = this.targets();
    if (!targets.length) return false;
    const at = targets.findIndex((target) => this.same(target, this.current));
    const next = at < 0 ? (direction > 0 ? 0 : targets.length - 1) : (at + direction + targets.length) % targets.length;
    this.go(targets[next]);
    return true;
  }

  same(a, b) {
    return Boolean(a && b) && a.field === b.field && a.reason?.code === b.reason?.code && a.id === b.id;
  }

  go(target) {
    if (!target) return;
    document.activeElement?.blur();
    this.current = target;
    this.hooks.mark(target.field, { scroll: true });
    this.current = target;
    this.remark();
    target.element.scrollIntoView({ block: "nearest" });
    target.element.setAttribute("tabindex", "-1");
    target.element.focus({ preventScroll: true });
  }

  remark() {
    for (const card of this.list.querySelectorAll(".rv-card")) {
      card.classList.toggle("rv-marked", this.same({ field: card.reason.field, reason: card.reason }, this.current));
    }
    for (const finding of this.hooks.audit.all()) finding.element.classList.toggle("rv-marked", finding.id === this.current?.id);
  }
}
