// Deciding: approve, reject, save, accept a reason, take back, and what to do when somebody else was faster.

import { askConflict, askReason } from "./dialogs.js";
import { toast } from "./dom.js";
import { ask } from "./server.js";
import { forget, lastDecision, remember } from "./undo.js";

const NO_ID = "00000000-0000-0000-0000-000000000000"; // stands in the address of a page for the id of the invoice

export class Decisions {
  constructor(desk) {
    this.desk = desk;
  }

  async send(name, body = {}) {
    if (this.desk.busy) return null;
    this.desk.busy = true;
    this.desk.root.classList.add("rv-busy");
    await this.desk.settled;
    const answer = await ask(this.desk.url(name), { version: this.desk.data.version, ...body });
    this.desk.busy = false;
    this.desk.root.classList.remove("rv-busy");
    if (answer.ok) return answer.data;
    if (answer.data.code === "version_conflict" && answer.data.now) {
      if (await this.resolveConflict(answer.data.now)) return this.send(name, { ...body, ...(body.changes ? { changes: this.desk.changes(), evidence: this.desk.evidence() } : {}), version: this.desk.data.version });
      return null;
    }
    if (answer.data.errors) {
      this.desk.problems.show(this.desk.problems.reasons, answer.data.errors);
      this.desk.problems.step(1);
    }
    toast(answer.data.message, { kind: "rv-bad" });
    return null;
  }

  async resolveConflict(now) {
    const mine = this.desk.form.changes();
    const rows = [...this.desk.form.fields.keys()]
      .filter((name) => name in mine || now.fields[name] !== this.desk.form.original[name])
      .map((name) => ({ label: this.labelOf(name), mine: name in mine ? mine[name] : "(not changed)", theirs: now.fields[name] }));
    for (const table of this.desk.tables) {
      const differs = JSON.stringify(now[table.name]) !== JSON.stringify(table.original);
      if (table.changes() || differs) {
        const label = table.name === "taxes" ? "Taxes" : "Lines";
        rows.push({ label, mine: table.changes() ? `${table.rows.length} rows` : "(not changed)", theirs: `${now[table.name].length} rows${differs ? ", changed" : ""}` });
      }
    }
    if (now.status !== this.desk.data.status) rows.unshift({ label: "Status", mine: this.desk.data.status.replace("_", " "), theirs: now.status_label });
    const choice = await askConflict(`${now.changed_by} saved version ${now.version} while you had version ${this.desk.data.version} open.`, rows);
    if (choice === "theirs") {
      this.desk.load(now);
      if (["approved", "rejected"].includes(now.status)) location.reload();
    }
    if (choice === "mine") await this.desk.rebase(now);
    return choice === "mine";
  }

  labelOf(field) {
    return this.desk.form.fields.get(field)?.wrap.querySelector("label").firstChild.textContent ?? field;
  }

  async approve(anyway = false) {
    if (this.desk.data.readonly || this.desk.busy) return;
    if (document.activeElement?.name) this.desk.form.commit(document.activeElement.name);
    await (this.desk.isDirty() ? this.desk.preview() : this.desk.settled);
    if (this.desk.problems.errors.length) {
      this.desk.problems.step(1);
      return;
    }
    const blocking = this.desk.problems.blocking();
    if (!anyway && this.desk.problems.open().length && !blocking.length) {
      this.desk.problems.step(1);
      toast("Press a to accept it, correct it, or press Ctrl+Enter to approve anyway.");
      return;
    }
    let override = "";
    if (blocking.length) {
      override = await askReason({
        title: "Approve anyway?",
        detail: blocking.map((reason) => reason.message),
        label: "Reason for approving despite this warning",
        ok: "Approve",
      });
      if (!override) return;
    }
    const done = await this.send("approve", { changes: this.desk.changes(), evidence: this.desk.evidence(), override });
    if (!done) return;
    this.leave(done, done.first_approval ? "First approval of" : "Approved");
  }

  async reject() {
    if (this.desk.data.readonly || this.desk.busy) return;
    const why = await askReason({ title: "Reject this invoice", label: "Reason (the vendor or a colleague may see it)", ok: "Reject" });
    if (!why) return;
    const done = await this.send("reject", { why });
    if (done) this.leave(done, "Rejected");
  }

  leave(done, what) {
    if (!done.first_approval) remember({ id: done.id, label: done.label, what, learned: done.learned });
    this.desk.root.classList.remove("rv-dirty");
    this.desk.left = true;
    location.assign(done.next);
  }

  async save() {
    if (this.desk.data.readonly || !this.desk.isDirty()) return;
    const state = await this.send("save", { changes: this.desk.changes(), evidence: this.desk.evidence() });
    if (!state) return;
    this.desk.load(state);
    this.desk.steps.length = 0;
    toast("Saved.", { kind: "rv-good" });
  }

  async change(name, body) {
    const state = await this.send(name, { changes: name === "withdraw" ? undefined : this.desk.changes(), evidence: name === "withdraw" ? undefined : this.desk.evidence(), ...body });
    if (state) this.desk.load(state);
    return state;
  }

  async acceptReason(reason) {
    if (!reason || this.desk.data.readonly) return;
    let why = "";
    if (reason.blocking) {
      why = await askReason({ title: "Accept this reason?", detail: [reason.message], label: "Reason for accepting", ok: "Accept" });
      if (!why) return;
    }
    const state = await this.change("accept", { code: reason.code, field: reason.field, why });
    if (!state) return;
    this.desk.steps.push(() => this.withdraw(reason));
    if (!this.desk.problems.step(1)) this.desk.unmark();
  }

  withdraw(reason) {
    return this.change("withdraw", { code: reason.code, field: reason.field });
  }

  async decideFinding(finding, status) {
    if (!this.desk.data.may_decide) return;
    let why = "";
    if (status !== "open") {
      const [title, ok] = status === "disputed" ? ["Dispute: claim from the carrier", "Dispute"] : ["Accept: pay as billed", "Accept"];
      why = await askReason({ title, detail: [finding.message], label: "Why (optional, kept in the history)", ok, optional: true });
      if (why === null) return;
    }
    const state = await this.change("finding", { finding: finding.id, status, why });
    if (!state) return;
    if (finding.status === "open") this.desk.steps.push(() => this.change("finding", { finding: finding.id, status: "open" }));
    const next = this.desk.audit.after(finding.id);
    if (next) this.desk.problems.go(next);
    else if (!this.desk.problems.step(1)) this.desk.unmark();
  }

  // The finding that is marked, where it is open.
  finding() {
    return this.desk.audit.open().find((each) => each.id === this.desk.problems.current?.id);
  }

  async dispute() {
    const finding = this.finding();
    const [first] = this.desk.audit.open();
    if (finding) await this.decideFinding(finding, "disputed");
    else if (first) this.desk.problems.go(first);
    else toast("The audit has no open findings.");
  }

  async accept() {
    const finding = this.finding();
    if (finding) {
      await this.decideFinding(finding, "accepted");
      return;
    }
    const current = this.desk.problems.current?.reason;
    if (current && this.desk.problems.open().some((reason) => this.desk.problems.same({ reason, field: reason.field }, this.desk.problems.current))) await this.acceptReason(current);
    else this.desk.problems.step(1);
  }

  async skip() {
    const answer = await ask(this.desk.url("skip"));
    if (answer.ok) {
      if (this.desk.isDirty() && !confirm("You have unsaved changes. Leave anyway?")) return;
      this.desk.left = true;
      location.assign(answer.data.next);
    } else toast(answer.data.message, { kind: "rv-bad" });
  }

  async reopen() {
    const done = await this.send("reopen", {});
    if (done) location.reload();
  }

  async undo() {
    const step = this.desk.steps.pop();
    if (step) {
      await step();
      this.desk.steps.length = Math.max(0, this.desk.steps.length - (this.desk.steps.at(-1) === step ? 1 : 0));
      return;
    }
    const last = lastDecision();
    if (!last) {
      toast("Nothing to undo.");
      return;
    }
    const answer = await ask(`${this.desk.data.api.replace(this.desk.data.id, last.id)}reopen/`, { why: "undone" });
    if (!answer.ok) {
      toast(answer.data.message, { kind: "rv-bad" });
      return;
    }
    forget();
    this.desk.left = true;
    location.assign(this.desk.data.page.replace(NO_ID, last.id) + (this.desk.data.filters ? `?${new URLSearchParams({ _changelist_filters: this.desk.data.filters })}` : ""));
  }

  async assign() {
    const answer = await ask(this.desk.url("assign"));
    const button = this.desk.root.querySelector("[data-do=assign]");
    if (answer.ok) button.textContent = answer.data.mine ? "Yours" : "Assign to me";
    else toast(answer.data.message, { kind: "rv-bad" });
  }
}
