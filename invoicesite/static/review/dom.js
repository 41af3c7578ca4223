// Making elements without markup in strings.

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "text") element.textContent = value;
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

export function draw(tag, attributes = {}) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

export function debounce(action, milliseconds) {
  let timer = 0;
  const later = (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...args), milliseconds);
  };
  later.cancel = () => clearTimeout(timer);
  return later;
}

export function toast(text, { kind = "", button = null, seconds = 6 } = {}) {
  const box = make("div", { class: `rv-toast ${kind}` }, make("span", { text }));
  if (button) {
    const pressed = make("button", { type: "button", text: button.label });
    pressed.addEventListener("click", () => {
      box.remove();
      button.action();
    });
    box.append(pressed);
  }
  document.querySelector("[data-toasts]").append(box);
  if (seconds) setTimeout(() => box.remove(), seconds * 1000);
  return box;
}
