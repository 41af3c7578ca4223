// The review page: joins the document, the fields, the tables, the keys and the server.

import { askConflict, askReason, isOpen, showHelp, showReadAgain } from "./dialogs.js";
import { debounce, make, toast } from "./dom.js";
import { Form, WHOLE_CELL } from "./form.js";
import { keys } from "./keys.js";
import { Problems } from "./problems.js";
import { ask, fetchJson } from "./server.js";
import { Table } from "./tables.js";
import { forget, lastDecision, remember, UNDO_SECONDS } from "./undo.js";
import { Viewer } from "./viewer.js";

const PREVIEW_MILLISECONDS = 250;
const root = document.getElementById("review");
const data = JSON.parse(document.getElementById("review-data").textContent);
const url = (name) => `${data.api}${name}/?${new URLSearchParams({ _changelist_filters: data.filters })}`;

let marked = null; // the field that a click on the page fills
let busy = false;
let settled = Promise.resolve();
let previewing = null;
const steps = []; // what u takes back, the last one last

const form = new Form(document.getElementById("rv-fields"), {
  changed: () => touched(),
  committed: () => preview(),
  focused: (field) => mark(field, { scroll: true }),
  before: (name, value) => steps.push(() => form.set(name, value)),
});

const tables = ["line_items", "taxes"].map(
  (name) =>
    new Table(root.querySelector(`[data-table=${name}]`), name, data[name], data.readonly, {
      changed: () => touched(),
      committed: () => preview(),
      focused: (field) => mark(field, { scroll: true }),
      rendered: () => problems.show(problems.reasons, problems.errors),
      removing: (table, index, row) => steps.push(() => table.restore(index, row)),
    }),
);
const tableOf = (field) => tables.find((table) => field.startsWith(`${table.name}[`));

const problems = new Problems(root.querySelector("[data-problems]"), form, tables, {
  mayDecide: !data.readonly,
  mark,
  accept: (reason) => acceptReason(reason),
  withdraw: (reason) => change("withdraw", { code: reason.code, field: reason.field }),
});

const viewer = new Viewer(root.querySelector("[data-pages]"), data.document, {
  activeField: () => !data.readonly && marked,
  evidence: places,
  pick: (picked) => pick(picked),
  choose: (place, field) => chooseAt(place, field),
});

function places() {
  const found = {};
  for (const [field, place] of Object.entries(data.evidence)) if (!field.startsWith("line_items[")) found[field] = place;
  const lines = tables[0];
  lines.rows.forEach((row, index) => {
    for (const column of lines.columns) {
      const place = lines.placeOf(index, column.name, data.evidence);
      if (place) found[lines.field(index, column.name)] = place;
    }
  });
  return { ...found, ...form.pointed, ...tables[1].evidence() };
}

function split(field) {
  const match = /^(\w+)\[(\d+)\](?:\.(\w+))?$/.exec(field);
  return match ? { table: match[1], index: Number(match[2]), column: match[3] } : null;
}

function mark(field, { scroll = false } = {}) {
  const known = form.fields.has(field) || Boolean(split(field));
  marked = known ? field : null;
  for (const [name, { wrap }] of form.fields) wrap.classList.toggle("rv-marked", name === field);
  for (const cell of root.querySelectorAll(".rv-edit .rv-marked")) cell.classList.remove("rv-marked");
  const cell = split(field || "");
  if (cell) {
    const table = tableOf(field);
    const input = table?.input(cell.index, cell.column || table.visible()[0].name);
    input?.classList.add("rv-marked");
    if (scroll && input !== document.activeElement) input?.scrollIntoView({ block: "nearest" });
  }
  root.classList.toggle("rv-picking", Boolean(marked) && !data.readonly);
  problems.current = problems.targets().find((target) => target.field === field) ?? { field };
  problems.remark();
  viewer.light(field, marked ? places()[field] : null, { scroll });
}

function unmark() {
  document.activeElement?.blur();
  mark(null);
}

function edit(field = marked) {
  if (!field) return;
  const cell = split(field);
  const input = cell ? tableOf(field)?.input(cell.index, cell.column) : form.fields.get(field)?.input;
  input?.focus();
  input?.select?.();
}

// --- What the server says while one types ---

function changes() {
  const changed = form.changes();
  for (const table of tables) {
    const rows = table.changes();
    if (rows) changed[table.name] = rows;
  }
  return changed;
}

function evidence() {
  return { ...form.pointed, ...tables[0].evidence(), ...tables[1].evidence() };
}

function isDirty() {
  return Object.keys(changes()).length > 0 || Object.keys(evidence()).length > 0;
}

function touched() {
  root.querySelector("[data-do=save]")?.toggleAttribute("disabled", !isDirty());
  root.classList.toggle("rv-dirty", isDirty());
  previewSoon();
}

const previewSoon = debounce(() => preview(), PREVIEW_MILLISECONDS);

function preview() {
  previewSoon.cancel();
  if (data.readonly) return settled;
  previewing?.abort();
  const mine = new AbortController();
  previewing = mine;
  root.classList.add("rv-checking");
  settled = ask(url("preview"), { changes: changes(), evidence: evidence() }, { signal: mine.signal }).then((answer) => {
    if (answer.aborted) return;
    root.classList.remove("rv-checking");
    if (!answer.ok) return;
    const wrong = new Set(answer.data.errors.map((error) => error.field));
    problems.show(answer.data.reasons, answer.data.errors);
    form.settle(answer.data.fields, wrong);
    for (const table of tables) if (table.changes()) table.settle(answer.data[table.name]);
    tellConfidence(answer.data.confidence);
    viewer.redraw();
    root.querySelector("[data-do=save]")?.toggleAttribute("disabled", !isDirty());
  });
  return settled;
}

function tellConfidence(confidence) {
  const place = root.querySelector("[data-confidence]");
  if (place) place.textContent = confidence || "–";
}

function tellHow() {
  for (const [name, { how }] of form.fields) {
    const entry = data.evidence[name];
    if (!entry) how.textContent = "";
    else if (entry.derived_from) how.textContent = "computed";
    else how.textContent = { xml: "e-invoice", rules: "", llm: "model", cache: "model", person: "person" }[entry.method] ?? "";
    if (entry?.confidence) how.title = `${Math.round(entry.confidence * 100)} % sure`;
    how.closest("[data-field]").classList.toggle("rv-unsure", Boolean(entry?.confidence) && Number(entry.confidence) < 0.7);
  }
}

function load(state) {
  data.version = state.version;
  data.status = state.status;
  data.evidence = state.evidence;
  form.load(state.fields);
  tables[0].load(state.line_items);
  tables[1].load(state.taxes);
  problems.show(state.reasons);
  const chip = root.querySelector("[data-status-chip]");
  chip.textContent = state.status_label;
  chip.className = `rv-chip rv-status-${state.status}`;
  const version = root.querySelector("[data-version]");
  if (version) version.textContent = state.version;
  tellConfidence(state.confidence);
  tellHow();
  touched();
  previewSoon.cancel();
  viewer.redraw();
}

// --- Reading from the page ---

async function pick({ text, around, place, cellPlace, add }) {
  const field = marked;
  const name = field.split(".").pop();
  const whole = WHOLE_CELL.has(name) && around;
  const answer = await ask(url("read"), { field, text: whole ? around : text, around });
  if (!answer.ok) {
    toast(answer.data.message, { kind: "rv-bad" });
    return;
  }
  const where = { ...(whole && cellPlace ? cellPlace : place), text: answer.data.text.slice(0, 500) };
  const cell = split(field);
  if (cell) {
    const table = tableOf(field);
    const before = table.rows[cell.index]?.cells[cell.column] ?? "";
    steps.push(() => table.set(cell.index, cell.column, before));
    table.set(cell.index, cell.column, add && before ? `${before} ${answer.data.value}` : answer.data.value, where);
  } else {
    form.set(field, add ? form.joined(field, answer.data.value) : answer.data.value, where);
  }
  await preview();
  viewer.light(field, where, { scroll: false });
}

function chooseAt(place, known) {
  const inside = ([field, entry]) => {
    if (known) return field === known;
    if (!entry.box || entry.page !== place.page || !place.box) return false;
    const [x, y] = [(place.box[0] + place.box[2]) / 2, (place.box[1] + place.box[3]) / 2];
    return x >= entry.box[0] - 1 && x <= entry.box[2] + 1 && y >= entry.box[1] - 1 && y <= entry.box[3] + 1;
  };
  const found = Object.entries(places()).filter(inside);
  const best = found.find(([field]) => form.fields.has(field)) ?? found[0];
  if (!best) return;
  mark(best[0]);
  const wrap = form.fields.get(best[0])?.wrap ?? root.querySelector(".rv-edit .rv-marked");
  wrap?.scrollIntoView({ block: "nearest" });
}

// --- Deciding ---

async function send(name, body = {}) {
  if (busy) return null;
  busy = true;
  root.classList.add("rv-busy");
  await settled;
  const answer = await ask(url(name), { version: data.version, ...body });
  busy = false;
  root.classList.remove("rv-busy");
  if (answer.ok) return answer.data;
  if (answer.data.code === "version_conflict" && answer.data.now) {
    if (await resolveConflict(answer.data.now)) return send(name, { ...body, ...(body.changes ? { changes: changes(), evidence: evidence() } : {}), version: data.version });
    return null;
  }
  if (answer.data.errors) {
    problems.show(problems.reasons, answer.data.errors);
    problems.step(1);
  }
  toast(answer.data.message, { kind: "rv-bad" });
  return null;
}

function labelOf(field) {
  return form.fields.get(field)?.wrap.querySelector("label").firstChild.textContent ?? field;
}

async function resolveConflict(now) {
  const mine = form.changes();
  const rows = [...form.fields.keys()]
    .filter((name) => name in mine || now.fields[name] !== form.original[name])
    .map((name) => ({ label: labelOf(name), mine: name in mine ? mine[name] : "(not changed)", theirs: now.fields[name] }));
  for (const table of tables) {
    const differs = JSON.stringify(now[table.name]) !== JSON.stringify(table.original);
    if (table.changes() || differs) {
      const label = table.name === "taxes" ? "Taxes" : "Lines";
      rows.push({ label, mine: table.changes() ? `${table.rows.length} rows` : "(not changed)", theirs: `${now[table.name].length} rows${differs ? ", changed" : ""}` });
    }
  }
  if (now.status !== data.status) rows.unshift({ label: "Status", mine: data.status.replace("_", " "), theirs: now.status_label });
  const choice = await askConflict(`${now.changed_by} saved version ${now.version} while you had version ${data.version} open.`, rows);
  if (choice === "theirs") {
    load(now);
    if (["approved", "rejected"].includes(now.status)) location.reload();
  }
  if (choice === "mine") {
    data.version = now.version;
    data.evidence = now.evidence;
    form.rebase(now.fields);
    for (const table of tables) table.rebase(now[table.name]);
    await preview();
  }
  return choice === "mine";
}

async function approve(anyway = false) {
  if (data.readonly || busy) return;
  if (document.activeElement?.name) form.commit(document.activeElement.name);
  await (isDirty() ? preview() : settled);
  if (problems.errors.length) {
    problems.step(1);
    return;
  }
  const blocking = problems.blocking();
  if (!anyway && problems.open().length && !blocking.length) {
    problems.step(1);
    toast("Accept it by a, correct it, or approve all the same by Ctrl+Enter.");
    return;
  }
  let override = "";
  if (blocking.length) {
    override = await askReason({
      title: "Approve all the same?",
      detail: blocking.map((reason) => reason.message),
      label: "Why it is approved although this stands against it",
      ok: "Approve",
    });
    if (!override) return;
  }
  const done = await send("approve", { changes: changes(), evidence: evidence(), override });
  if (!done) return;
  leave(done, done.first_approval ? "First approval of" : "Approved");
}

async function reject() {
  if (data.readonly || busy) return;
  const why = await askReason({ title: "Reject this invoice", label: "Why? The vendor or a colleague will be told this.", ok: "Reject" });
  if (!why) return;
  const done = await send("reject", { why });
  if (done) leave(done, "Rejected");
}

function leave(done, what) {
  if (!done.first_approval) remember({ id: done.id, label: done.label, what });
  root.classList.remove("rv-dirty");
  left = true;
  location.assign(done.next);
}

async function save() {
  if (data.readonly || !isDirty()) return;
  const state = await send("save", { changes: changes(), evidence: evidence() });
  if (!state) return;
  load(state);
  steps.length = 0;
  toast("Saved.", { kind: "rv-good" });
}

async function change(name, body) {
  const state = await send(name, { changes: name === "withdraw" ? undefined : changes(), evidence: name === "withdraw" ? undefined : evidence(), ...body });
  if (state) load(state);
  return state;
}

async function acceptReason(reason) {
  if (!reason || data.readonly) return;
  let why = "";
  if (reason.blocking) {
    why = await askReason({ title: "Accept this reason?", detail: [reason.message], label: "Why it need not count", ok: "Accept" });
    if (!why) return;
  }
  const state = await change("accept", { code: reason.code, field: reason.field, why });
  if (!state) return;
  steps.push(() => change("withdraw", { code: reason.code, field: reason.field }));
  if (!problems.step(1)) unmark();
}

async function accept() {
  const current = problems.current?.reason;
  if (current && problems.open().some((reason) => problems.same({ reason, field: reason.field }, problems.current))) await acceptReason(current);
  else problems.step(1);
}

async function skip() {
  const answer = await ask(url("skip"));
  if (answer.ok) {
    if (isDirty() && !confirm("What you typed is not saved. Leave all the same?")) return;
    left = true;
    location.assign(answer.data.next);
  } else toast(answer.data.message, { kind: "rv-bad" });
}

async function reopen() {
  const done = await send("reopen", {});
  if (done) location.reload();
}

async function undo() {
  const step = steps.pop();
  if (step) {
    await step();
    steps.length = Math.max(0, steps.length - (steps.at(-1) === step ? 1 : 0));
    return;
  }
  const last = lastDecision();
  if (!last) {
    toast("There is nothing to undo.");
    return;
  }
  const answer = await ask(`${data.api.replace(data.id, last.id)}reopen/`, { why: "undone" });
  if (!answer.ok) {
    toast(answer.data.message, { kind: "rv-bad" });
    return;
  }
  forget();
  left = true;
  location.assign(data.page.replace("00000000-0000-0000-0000-000000000000", last.id) + (data.filters ? `?${new URLSearchParams({ _changelist_filters: data.filters })}` : ""));
}

async function assign() {
  const answer = await ask(url("assign"));
  const button = root.querySelector("[data-do=assign]");
  if (answer.ok) button.textContent = answer.data.mine ? "Yours" : "Assign to me";
  else toast(answer.data.message, { kind: "rv-bad" });
}

// --- Who else is here ---

let left = false;
let told = data.version;

async function beat() {
  if (document.hidden) return;
  const answer = await ask(url("here"), { editing: isDirty() });
  if (!answer.ok) return;
  const note = root.querySelector("[data-presence]");
  const others = answer.data.others ?? [];
  note.hidden = !others.length;
  note.textContent = others.map((other) => `${other.name} ${other.editing ? "is editing this too" : "has this open too"}`).join(", ");
  note.classList.toggle("rv-editing", others.some((other) => other.editing));
  if (answer.data.version > data.version && answer.data.version > told && !busy) {
    told = answer.data.version;
    if (isDirty()) toast("Somebody saved a newer version. When you save you will see both.", { kind: "rv-bad", seconds: 0 });
    else toast("Somebody saved a newer version.", { kind: "rv-bad", seconds: 0, button: { label: "Show it", action: () => location.reload() } });
  }
}

addEventListener("pagehide", () => ask(url("here"), { gone: true }, { keepalive: true }));
addEventListener("beforeunload", (event) => {
  if (!left && isDirty()) event.preventDefault();
});

// --- Around it ---

const comparing = root.querySelector("[data-compare]");
comparing?.addEventListener("toggle", async () => {
  const body = comparing.querySelector("[data-compare-body]");
  if (!comparing.open || body.dataset.done) return;
  body.dataset.done = "yes";
  try {
    const { fields } = await fetchJson(comparing.dataset.compare);
    const rows = fields.map((field) =>
      make("tr", { class: field.differs ? "rv-differs" : "" }, make("th", { scope: "row", text: data.labels[field.name] ?? field.name }), make("td", { text: field.xml || "–" }), make("td", { text: field.page || "–" })),
    );
    const head = make("tr", {}, make("th", {}), make("th", { scope: "col", text: "The e-invoice" }), make("th", { scope: "col", text: "The page" }));
    body.replaceChildren(make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows)));
  } catch {
    body.replaceChildren(make("p", { class: "rv-quiet", text: "The page could not be read beside the e-invoice." }));
  }
});

const other = root.querySelector("[data-other-picture]");
if (other) {
  const page = (number) => make("img", { loading: "lazy", alt: `Page ${number} of the other invoice`, src: other.dataset.otherPicture.replace("{page}", number) });
  other.append(...Array.from({ length: Math.min(3, Number(other.dataset.otherPages)) }, (_, index) => page(index + 1)));
}

const actions = {
  approve: () => approve(),
  "approve-anyway": () => approve(true),
  reject,
  save,
  skip,
  undo,
  reopen,
  assign,
  accept,
  help: showHelp,
  next: () => problems.step(1) || toast("Nothing to look at."),
  previous: () => problems.step(-1) || toast("Nothing to look at."),
  edit: () => edit(),
  leave: () => unmark(),
  "keep-and-go": () => {
    const field = marked;
    document.activeElement.blur();
    preview().then(() => {
      const open = problems.targets().filter((target) => target.field !== field);
      if (open.length) problems.step(1);
      else unmark();
    });
  },
  queue: () => location.assign(data.queue_url),
  zoom: () => viewer.zoomToLit(),
  "zoom-in": () => viewer.setZoom(viewer.zoom * 1.25),
  "zoom-out": () => viewer.setZoom(viewer.zoom / 1.25),
  "zoom-fit": () => viewer.setZoom(1),
  boxes: () => viewer.toggleBoxes(),
  "page-after": () => viewer.goPage(1),
  "page-before": () => viewer.goPage(-1),
  "add-line_items": () => tables[0].add(),
  "add-taxes": () => tables[1].add(),
  "paste-help": () => {
    if (!tables[0].rows.length) tables[0].add();
    tables[0].input(0, tables[0].visible()[0].name)?.focus();
    toast("Now paste: the cells go from here to the right and down.");
  },
  "read-again": showReadAgain,
};

root.addEventListener("click", (event) => {
  const name = event.target.closest("[data-do]")?.dataset.do;
  if (name) actions[name]?.();
});
keys(actions, { isOpen, isReadonly: () => data.readonly });
root.querySelector("[data-scroll]").addEventListener("pointerdown", (event) => {
  const wrap = event.target.closest("[data-field]");
  if (wrap && !event.target.closest("button, input, select, textarea, label")) mark(wrap.dataset.field, { scroll: true });
});

problems.show(data.reasons);
tellHow();
beat();
setInterval(beat, data.beat_seconds * 1000);
const last = lastDecision();
if (last && last.id !== data.id) {
  toast(`${last.what} ${last.label}.`, { kind: "rv-good", seconds: Math.min(UNDO_SECONDS, (last.until - Date.now()) / 1000), button: { label: "Undo (u)", action: undo } });
}
if (problems.open().length) {
  const [first] = problems.targets();
  if (first) mark(first.field, { scroll: true });
}
root.dataset.ready = "yes";
