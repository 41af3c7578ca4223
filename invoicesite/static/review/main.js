// The review page begins here: joins the desk, the decisions, the keys and the buttons.

import { compareOnDemand, showOther } from "./beside.js";
import { Decisions } from "./decisions.js";
import { Desk } from "./desk.js";
import { isOpen, showHelp, showReadAgain } from "./dialogs.js";
import { toast } from "./dom.js";
import { keys } from "./keys.js";
import { watchPresence } from "./presence.js";
import { lastDecision, UNDO_SECONDS } from "./undo.js";

const root = document.getElementById("review");
const data = JSON.parse(document.getElementById("review-data").textContent);
const desk = new Desk(root, data, {
  accept: (reason) => decisions.acceptReason(reason),
  withdraw: (reason) => decisions.withdraw(reason),
  decide: (finding, status) => decisions.decideFinding(finding, status),
});
const decisions = new Decisions(desk);

const actions = {
  approve: () => decisions.approve(),
  "approve-anyway": () => decisions.approve(true),
  reject: () => decisions.reject(),
  save: () => decisions.save(),
  skip: () => decisions.skip(),
  undo: () => decisions.undo(),
  reopen: () => decisions.reopen(),
  assign: () => decisions.assign(),
  accept: () => decisions.accept(),
  dispute: () => decisions.dispute(),
  help: showHelp,
  next: () => desk.problems.step(1) || toast("No problems."),
  previous: () => desk.problems.step(-1) || toast("No problems."),
  edit: () => desk.edit(),
  leave: () => desk.unmark(),
  "keep-and-go": () => {
    const field = desk.marked;
    document.activeElement.blur();
    desk.preview().then(() => {
      const open = desk.problems.targets().filter((target) => target.field !== field);
      if (open.length) desk.problems.step(1);
      else desk.unmark();
    });
  },
  queue: () => location.assign(data.queue_url),
  zoom: () => desk.viewer.zoomToLit(),
  "zoom-in": () => desk.viewer.setZoom(desk.viewer.zoom * 1.25),
  "zoom-out": () => desk.viewer.setZoom(desk.viewer.zoom / 1.25),
  "zoom-fit": () => desk.viewer.setZoom(1),
  boxes: () => desk.viewer.toggleBoxes(),
  "page-after": () => desk.viewer.goPage(1),
  "page-before": () => desk.viewer.goPage(-1),
  "add-line_items": () => desk.tables[0].add(),
  "add-taxes": () => desk.tables[1].add(),
  "paste-help": () => {
    if (!desk.tables[0].rows.length) desk.tables[0].add();
    desk.tables[0].input(0, desk.tables[0].visible()[0].name)?.focus();
    toast("Paste now: cells fill from here to the right and down.");
  },
  "read-again": showReadAgain,
};

compareOnDemand(root, data.labels);
showOther(root);
addEventListener("beforeunload", (event) => {
  if (!desk.left && desk.isDirty()) event.preventDefault();
});
root.addEventListener("click", (event) => {
  const name = event.target.closest("[data-do]")?.dataset.do;
  if (name) actions[name]?.();
});
keys(actions, { isOpen, isReadonly: () => data.readonly });
root.querySelector("[data-scroll]").addEventListener("pointerdown", (event) => {
  const wrap = event.target.closest("[data-field]");
  if (wrap && !event.target.closest("button, input, select, textarea, label")) desk.mark(wrap.dataset.field, { scroll: true });
});

desk.problems.show(data.reasons);
desk.tellHow();
watchPresence(desk);
const last = lastDecision();
if (last && last.id !== data.id) {
  const learned = last.learned ? ` ${last.learned} things remembered for this vendor.` : "";
  toast(`${last.what} ${last.label}.${learned}`, { kind: "rv-good", seconds: Math.min(UNDO_SECONDS, (last.until - Date.now()) / 1000), button: { label: "Undo (u)", action: () => decisions.undo() } });
}
const linked = desk.audit.all().find((finding) => `#${finding.element.id}` === location.hash);
if (linked) desk.problems.go(linked);
else if (desk.problems.open().length) {
  const [first] = desk.problems.targets();
  if (first) desk.mark(first.field, { scroll: true });
}
root.dataset.ready = "yes";
