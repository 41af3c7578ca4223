// Sends each chosen or dropped file by itself, three at a time, with its progress, and shows the server's answer for it.

import { follow } from "./live.js";

const AT_ONCE = 3;
const form = document.querySelector("#upload");
const input = form.querySelector("#file");
const drop = document.querySelector("#drop");
const items = document.querySelector("#items");
const overall = document.querySelector("#overall");
const waiting = [];
let running = 0;
let done = 0;
let failed = 0;
let bytesDone = 0;
let bytesAll = 0;
const underWay = new Map(); // request → bytes sent

drop.classList.add("scripted");
drop.querySelector(".drop-hint").hidden = false;
form.querySelector("button[type=submit]").hidden = true;
input.required = false;

input.addEventListener("change", () => take(input.files));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  take(input.files);
});
for (const name of ["dragenter", "dragover"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  take(event.dataTransfer.files);
});
// A file that misses the box must not replace the page.
for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault());

function take(files) {
  if (!files.length) return;
  document.querySelector("#uploads").hidden = false;
  const kind = form.querySelector("[name=kind]:checked").value;
  for (const file of files) {
    const item = document.querySelector("#sending").content.firstElementChild.cloneNode(true);
    item.querySelector("[data-name]").textContent = file.name;
    item.querySelector("progress").setAttribute("aria-label", `Upload of ${file.name}`);
    items.append(item);
    const limit = Number(kind === "invoice" ? form.dataset.invoiceMb : form.dataset.rateCardMb);
    if (file.size > limit * 1024 * 1024) {
      refuse(item, `The file is larger than ${limit} MB.`, "file_too_large");
      continue;
    }
    bytesAll += file.size;
    waiting.push({ file, kind, item });
  }
  form.reset();
  form.querySelector(`[value=${kind}]`).checked = true;
  next();
}

function next() {
  while (running < AT_ONCE && waiting.length) send(waiting.shift());
  tell();
}

function send({ file, kind, item }) {
  running += 1;
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
  body.append("kind", kind);
  body.append("file", file);
  const request = new XMLHttpRequest();
  const bar = item.querySelector("progress");
  underWay.set(request, 0);
  request.upload.addEventListener("progress", (event) => {
    underWay.set(request, Math.min(event.loaded, file.size));
    bar.value = event.total ? event.loaded / event.total : 0;
    item.querySelector("[data-note]").textContent =
      event.loaded < event.total ? `${Math.round(bar.value * 100)} % sent` : "Sent; checking the file…";
    tell();
  });
  request.addEventListener("loadend", () => {
    running -= 1;
    bytesDone += file.size;
    underWay.delete(request);
    answered(request, item);
    next();
  });
  request.open("POST", form.getAttribute("action") || location.pathname);
  request.setRequestHeader("X-Part", "item");
  request.send(body);
}

function answered(request, item) {
  const box = document.createElement("template");
  box.innerHTML = request.responseText;
  const fresh = box.content.querySelector(".upload-item");
  if (!fresh) {
    refuse(item, request.status ? "The server could not accept the file. Try again." : "The connection was lost. Try again.", "");
    return;
  }
  if ("failed" in fresh.dataset) failed += 1;
  else done += 1;
  item.replaceWith(fresh);
  follow(items);
}

function refuse(item, text, code) {
  failed += 1;
  item.querySelector("progress").remove();
  const note = item.querySelector("[data-note]");
  note.className = "wrong";
  note.textContent = `${text} `;
  if (code) note.append(Object.assign(document.createElement("code"), { textContent: code }));
  const chip = item.querySelector(".chip");
  chip.className = "chip bad";
  chip.textContent = "Rejected";
}

function tell() {
  const sent = bytesDone + [...underWay.values()].reduce((sum, bytes) => sum + bytes, 0);
  const open = waiting.length + running;
  overall.hidden = open + done + failed < 2;
  document.querySelector("#overall-progress").value = bytesAll ? sent / bytesAll : 1;
  const parts = [open ? `Sending ${open} of ${open + done + failed} files` : `${done} file${done === 1 ? "" : "s"} uploaded`];
  if (failed) parts.push(`${failed} rejected`);
  document.querySelector("#overall-text").textContent = `${parts.join(", ")}.`;
}

// Chosen before this script was there.
take(input.files);
