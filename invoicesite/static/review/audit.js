// What the audit found: shown at its lines, and decided by buttons and keys.

export class Audit {
  // hooks: decide(finding, status), go(target)
  constructor(section, lines, hooks) {
    Object.assign(this, { section, lines, hooks });
    section.addEventListener("click", (event) => {
      const finding = this.all().find((each) => each.element.contains(event.target));
      if (!finding || event.target.closest("a")) return;
      const status = event.target.closest("[data-decide]")?.dataset.decide;
      if (status) hooks.decide(finding, status);
      else hooks.go(finding);
    });
  }

  // The section as the server made it.
  show(html) {
    this.section.innerHTML = html;
    this.section.hidden = !html;
  }

  // Each is a target of n and p too: ``field`` is the amount of its first line, "" where that was removed.
  all() {
    return [...this.section.querySelectorAll("[data-finding]")].map((element) => {
      const fields = this.fields(element);
      const message = element.querySelector("[data-message]").textContent;
      const { finding: id, status, code } = element.dataset;
      return { element, fields, message, id, status, code, field: fields[0] ?? "", reason: null };
    });
  }

  open() {
    return this.all().filter((finding) => finding.status === "open");
  }

  // Findings name lines as they are stored; on the page rows may have been added or removed since.
  fields(element) {
    const positions = element.dataset.lines.split(" ").filter(Boolean).map(Number);
    const rows = positions.map((position) => this.lines.rows.findIndex((row) => row.position === position));
    return rows.filter((index) => index >= 0).map((index) => this.lines.field(index, "amount"));
  }

  // The amounts that are asked about, as the table marks them.
  cells() {
    return this.all()
      .filter((finding) => finding.status !== "accepted")
      .flatMap(({ fields, message }) => fields.map((field) => ({ field, message })));
  }

  // The open one after ``id``, from the top again behind the last.
  after(id) {
    const all = this.all();
    const at = all.findIndex((finding) => finding.id === id);
    return [...all.slice(at + 1), ...all.slice(0, at + 1)].find((finding) => finding.status === "open");
  }
}
