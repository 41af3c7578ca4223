// Keys of the queue: Enter opens the first one or the one that is marked, j and k move, x selects, / searches.

(() => {
  let at = -1;
  const rows = () => [...document.querySelectorAll("#result_list tr.data-row")];

  function go(step) {
    const all = rows();
    if (!all.length) return;
    all[at]?.classList.remove("rq-at");
    at = Math.min(all.length - 1, Math.max(0, at + step));
    all[at].classList.add("rq-at");
    all[at].scrollIntoView({ block: "nearest" });
  }

  const keys = {
    j: () => go(1),
    k: () => go(-1),
    x: () => rows()[at]?.querySelector("input.action-select")?.click(),
    "/": () => document.querySelector("#searchbar, [name=q]")?.focus(),
    Enter: () => (rows()[at]?.querySelector("th a, td a") ?? document.querySelector("[data-start]"))?.click(),
  };

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.matches?.("input, textarea, select, button, a, summary")) return;
    const action = keys[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
})();
