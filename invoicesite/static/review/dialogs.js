// Questions that need an answer before going on.

import { make } from "./dom.js";

export function showHelp() {
  document.getElementById("rv-help").showModal();
}

// Asks for a reason in words; gives the text, or null where it was cancelled.
export function askReason({ title, detail = [], label, ok, optional = false }) {
  const dialog = document.getElementById("rv-reason");
  const text = dialog.querySelector("textarea");
  dialog.querySelector("[data-title]").textContent = title;
  dialog.querySelector("[data-detail]").replaceChildren(...detail.map((line) => make("p", { text: line })));
  dialog.querySelector("[data-label]").textContent = label;
  dialog.querySelector("[data-ok]").textContent = ok;
  dialog.querySelector("[data-error]").textContent = "";
  text.value = "";
  text.required = !optional;
  dialog.returnValue = "";
  dialog.showModal();
  text.focus();
  return new Promise((resolve) => {
    const keys = (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        dialog.querySelector("form").requestSubmit(dialog.querySelector("[data-ok]"));
      }
    };
    dialog.addEventListener("keydown", keys);
    dialog.querySelector("[data-cancel]").onclick = () => dialog.close("");
    dialog.addEventListener(
      "close",
      () => {
        dialog.removeEventListener("keydown", keys);
        resolve(dialog.returnValue === "ok" ? text.value.trim() : null);
      },
      { once: true },
    );
  });
}

// Shows what both wrote; gives "mine", "theirs" or "look".
export function askConflict(detail, rows) {
  const dialog = document.getElementById("rv-conflict");
  dialog.querySelector("[data-detail]").textContent = detail;
  dialog.querySelector("[data-rows]").replaceChildren(
    ...rows.map(({ label, mine, theirs }) =>
      make("tr", { class: mine === theirs ? "" : "rv-differs" }, make("th", { scope: "row", text: label }), make("td", { text: mine || "–" }), make("td", { text: theirs || "–" })),
    ),
  );
  dialog.returnValue = "look";
  dialog.showModal();
  return new Promise((resolve) => {
    for (const button of dialog.querySelectorAll("[data-choice]")) {
      button.onclick = (event) => {
        event.preventDefault();
        dialog.close(button.dataset.choice);
      };
    }
    dialog.addEventListener("close", () => resolve(dialog.returnValue || "look"), { once: true });
  });
}

export function showReadAgain() {
  const dialog = document.getElementById("rv-again");
  if (!dialog) return;
  dialog.querySelector("[data-cancel]").onclick = () => dialog.close();
  dialog.showModal();
}

export function isOpen() {
  return document.querySelector("dialog[open]") !== null;
}
