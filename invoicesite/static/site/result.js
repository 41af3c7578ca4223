// A field and its place light up together: on hover, on focus, and by a click on the place. Links do it without script.

const pages = document.querySelector("#pages");
let lit = [];

function light(anchor, { scroll = false } = {}) {
  for (const element of lit) element.classList.remove("lit");
  lit = [...document.querySelectorAll(`[data-of~="${CSS.escape(anchor)}"], [data-field="${CSS.escape(anchor)}"]`)];
  for (const element of lit) element.classList.add("lit");
  const place = pages.querySelector(`[data-of~="${CSS.escape(anchor)}"]`);
  if (scroll && place) bringIntoView(place);
}

// Scrolls the document alone: the fields stay where the reader's eye is.
function bringIntoView(place) {
  for (let box = place.parentElement; box && box !== document.body; box = box.parentElement) {
    if (box.scrollHeight <= box.clientHeight + 1 || getComputedStyle(box).overflowY === "visible") continue;
    const inner = place.getBoundingClientRect();
    const outer = box.getBoundingClientRect();
    if (inner.top < outer.top + 40 || inner.bottom > outer.bottom - 40) {
      box.scrollTop += inner.top - outer.top - box.clientHeight / 3;
    }
  }
}

for (const field of document.querySelectorAll("[data-field]")) {
  const { field: anchor } = field.dataset;
  field.addEventListener("mouseenter", () => light(anchor));
  field.addEventListener("focusin", () => light(anchor, { scroll: true }));
}
for (const link of document.querySelectorAll("[data-shows]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    light(link.dataset.shows, { scroll: true });
    // From far below, as the lines are, the document comes back into the window.
    const seen = pages.getBoundingClientRect();
    if (seen.bottom < 120 || seen.top > innerHeight - 120) pages.scrollIntoView({ block: "start" });
  });
}
pages.addEventListener("click", (event) => {
  const place = event.target.closest("[data-of]");
  if (!place) return;
  const [anchor] = place.dataset.of.split(" ");
  const field = document.querySelector(`[data-field="${CSS.escape(anchor)}"]`);
  field?.querySelector("a")?.focus({ preventScroll: true });
  field?.scrollIntoView({ block: "center", behavior: "smooth" });
  light(anchor);
});
