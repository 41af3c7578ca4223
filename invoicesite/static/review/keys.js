// One key for each thing that is done often. Letters work where nobody types; what has Ctrl works everywhere.

const PLAIN = {
  Enter: "approve",
  a: "accept",
  b: "boxes",
  d: "dispute",
  e: "edit",
  F2: "edit",
  m: "assign",
  n: "next",
  o: "reopen",
  p: "previous",
  q: "queue",
  r: "reject",
  s: "skip",
  u: "undo",
  z: "zoom",
  "?": "help",
  "+": "zoom-in",
  "=": "zoom-in",
  "-": "zoom-out",
  0: "zoom-fit",
  PageDown: "page-after",
  PageUp: "page-before",
  Escape: "leave",
};

export function keys(actions, { isOpen, isReadonly }) {
  addEventListener("keydown", (event) => {
    if (isOpen() || event.defaultPrevented || event.isComposing) return;
    const command = event.ctrlKey || event.metaKey;
    const run = (name) => {
      event.preventDefault();
      actions[name]();
    };
    if (command && event.key === "Enter") return void run("approve-anyway");
    if (command && event.key.toLowerCase() === "s") return void run("save");
    if (command || event.altKey) return;
    const target = event.target;
    const typing = target.matches?.("input, textarea, select");
    if (typing) {
      if (event.key === "Escape") run("leave");
      else if (event.key === "Enter" && target.tagName !== "TEXTAREA" && !event.shiftKey && !event.repeat) run("keep-and-go");
      return;
    }
    // Enter on a button or link presses it.
    if (["Enter", " "].includes(event.key) && target.matches?.("button, a, summary")) return;
    const name = PLAIN[event.key];
    if (!name || event.repeat) return;
    if (isReadonly() && name === "approve") return void run("skip");
    run(name);
  });
}
