// What can be looked at beside an invoice: what its page says where an e-invoice was read, and a suspected duplicate.

import { make } from "./dom.js";
import { fetchJson } from "./server.js";

export function compareOnDemand(root, labels) {
  const comparing = root.querySelector("[data-compare]");
  comparing?.addEventListener("toggle", async () => {
    const body = comparing.querySelector("[data-compare-body]");
    if (!comparing.open || body.dataset.done) return;
    body.dataset.done = "yes";
    try {
      const { fields } = await fetchJson(comparing.dataset.compare);
      const rows = fields.map((field) =>
        make("tr", { class: field.differs ? "rv-differs" : "" }, make("th", { scope: "row", text: labels[field.name] ?? field.name }), make("td", { text: field.xml || "–" }), make("td", { text: field.page || "–" })),
      );
      const head = make("tr", {}, make("th", {}), make("th", { scope: "col", text: "The e-invoice" }), make("th", { scope: "col", text: "The page" }));
      body.replaceChildren(make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows)));
    } catch {
      body.replaceChildren(make("p", { class: "rv-quiet", text: "The page could not be compared with the e-invoice." }));
    }
  });
}

export function showOther(root) {
  const other = root.querySelector("[data-other-picture]");
  if (other) {
    const page = (number) => make("img", { loading: "lazy", alt: `Page ${number} of the other invoice`, src: other.dataset.otherPicture.replace("{page}", number) });
    other.append(...Array.from({ length: Math.min(3, Number(other.dataset.otherPages)) }, (_, index) => page(index + 1)));
  }
}
