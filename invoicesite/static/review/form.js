// The header fields: what was typed, what was pointed at, what stood there before.

const JOINED = new Set(["vendor_address", "buyer_address", "ship_to_address", "notes", "payment_terms"]);
// A click means the whole run of words for these, and one word for the others.
export const WHOLE_CELL = new Set([
  "vendor_name", "buyer_name", "description", "vendor_address", "buyer_address", "ship_to_address", "payment_terms", "notes",
  "vendor_country", "vendor_phone", "service", "origin", "destination",
]);

export class Form {
  // hooks: changed(), committed(), focused(field)
  constructor(element, hooks) {
    this.hooks = hooks;
    this.fields = new Map();
    this.pointed = {};
    for (const wrap of element.querySelectorAll("[data-field]")) {
      const input = wrap.querySelector("input, textarea, select");
      this.fields.set(wrap.dataset.field, { wrap, input, why: wrap.querySelector("[data-why]"), how: wrap.querySelector("[data-how]") });
    }
    this.original = this.values();
    this.committed = { ...this.original };
    element.addEventListener("input", (event) => {
      delete this.pointed[event.target.name];
      this.grow(event.target);
      hooks.changed();
    });
    element.addEventListener("change", (event) => this.commit(event.target.name));
    element.addEventListener("focusin", (event) => {
      if (event.target.name) hooks.focused(event.target.name);
    });
    element.addEventListener("click", (event) => {
      if (event.target.matches("[data-more]")) this.unfold(event.target);
    });
    element.addEventListener("submit", (event) => event.preventDefault());
    for (const { input } of this.fields.values()) this.grow(input);
  }

  unfold(button) {
    for (const wrap of button.closest("fieldset").querySelectorAll(".rv-spare")) wrap.classList.remove("rv-spare");
    button.remove();
  }

  // A folded field that has a value or a reason now.
  reveal(name) {
    this.fields.get(name)?.wrap.classList.remove("rv-spare");
  }

  values() {
    return Object.fromEntries([...this.fields].map(([name, { input }]) => [name, input.value]));
  }

  changes() {
    const now = this.values();
    return Object.fromEntries(Object.entries(now).filter(([name, value]) => value !== this.original[name]));
  }

  commit(name) {
    const field = this.fields.get(name);
    if (!field || field.input.value === this.committed[name]) return;
    this.hooks.before(name, this.committed[name]);
    this.committed[name] = field.input.value;
    this.hooks.committed();
  }

  set(name, value, place = null) {
    const field = this.fields.get(name);
    if (!field) return;
    field.input.value = value;
    this.reveal(name);
    this.grow(field.input);
    if (place) this.pointed[name] = place;
    else delete this.pointed[name];
    this.commit(name);
    this.hooks.changed();
  }

  joined(name, value) {
    const now = this.fields.get(name)?.input.value ?? "";
    return now ? now + (JOINED.has(name) ? "\n" : " ") + value : value;
  }

  // What the server made of the values, for those that nobody is typing now.
  settle(values, wrong) {
    for (const [name, { input }] of this.fields) {
      if (input === document.activeElement || wrong.has(name) || input.value === this.original[name]) continue;
      if (values[name] !== undefined && input.value !== values[name]) {
        this.reveal(name);
        input.value = values[name];
        this.committed[name] = values[name];
        this.grow(input);
      }
    }
  }

  load(values) {
    for (const [name, { input }] of this.fields) {
      input.value = values[name] ?? "";
      if (input.value) this.reveal(name);
      this.grow(input);
    }
    this.original = this.values();
    this.committed = { ...this.original };
    this.pointed = {};
  }

  // Mine on top of what somebody else made of it.
  rebase(values) {
    for (const [name, { input }] of this.fields) {
      const mine = input.value !== this.original[name];
      if (!mine) input.value = values[name] ?? "";
      this.original[name] = values[name] ?? "";
      this.committed[name] = input.value;
    }
  }

  grow(input) {
    if (input?.tagName !== "TEXTAREA") return;
    input.rows = Math.min(6, Math.max(1, input.value.split("\n").length));
  }
}
