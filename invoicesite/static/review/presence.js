// Who else has the invoice open, and whether a newer version stands.

import { toast } from "./dom.js";
import { ask } from "./server.js";

export function watchPresence(desk) {
  let told = desk.data.version;

  async function beat() {
    if (document.hidden) return;
    const answer = await ask(desk.url("here"), { editing: desk.isDirty() });
    if (!answer.ok) return;
    const note = desk.root.querySelector("[data-presence]");
    const others = answer.data.others ?? [];
    note.hidden = !others.length;
    note.textContent = others.map((other) => `${other.name} ${other.editing ? "is editing this too" : "has this open too"}`).join(", ");
    note.classList.toggle("rv-editing", others.some((other) => other.editing));
    if (answer.data.version > desk.data.version && answer.data.version > told && !desk.busy) {
      told = answer.data.version;
      if (desk.isDirty()) toast("Someone saved a newer version. You will see both when you save.", { kind: "rv-bad", seconds: 0 });
      else toast("Someone saved a newer version.", { kind: "rv-bad", seconds: 0, button: { label: "Show it", action: () => location.reload() } });
    }
  }

  addEventListener("pagehide", () => ask(desk.url("here"), { gone: true }, { keepalive: true }));
  beat();
  setInterval(beat, desk.data.beat_seconds * 1000);
}
