// Follows jobs: each element with data-follow is replaced by what data-part gives whenever its job changes.
// A WebSocket says when; where there is none, or there are too many, the page asks every few seconds.

import { announce } from "./site.js";

const MOST_SOCKETS = 8;
const ASK_EVERY = 2500; // milliseconds
const CLOSED_FOR_GOOD = [1000, 4404];
const followed = new Map(); // element → how to stop

export function follow(root = document) {
  for (const element of root.querySelectorAll("[data-follow]")) if (!followed.has(element)) start(element);
}

function start(element) {
  let socket = null;
  let timer = null;
  let stopped = false;
  let asking = false;
  let again = false;

  const stop = () => {
    stopped = true;
    socket?.close();
    clearTimeout(timer);
    followed.delete(element);
  };
  const refresh = async () => {
    if (asking) return void (again = true);
    asking = true;
    try {
      const answer = await fetch(element.dataset.part, { headers: { "HX-Request": "true" } });
      if (answer.redirected || answer.status === 404) return location.reload();
      if (answer.ok && !stopped) replace(element, await answer.text(), stop);
    } catch {
      // No connection at this moment: the next change or the next asking shows it.
    }
    asking = false;
    if (again && !stopped) {
      again = false;
      refresh();
    }
  };
  const poll = () => {
    timer = setTimeout(async () => {
      if (document.visibilityState === "visible") await refresh();
      if (!stopped) poll();
    }, ASK_EVERY);
  };

  followed.set(element, stop);
  if (followed.size > MOST_SOCKETS || !window.WebSocket) return poll();
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  socket = new WebSocket(`${scheme}://${location.host}/ws/jobs/${element.dataset.follow}/`);
  socket.addEventListener("message", refresh);
  socket.addEventListener("close", (event) => {
    if (stopped) return;
    if (CLOSED_FOR_GOOD.includes(event.code)) refresh();
    poll();
  });
}

function replace(element, html, stop) {
  const box = document.createElement("template");
  box.innerHTML = html.trim();
  const fresh = box.content.firstElementChild;
  if (!fresh) return;
  if (fresh.dataset.follow && fresh.dataset.follow === element.dataset.follow) {
    // The same job, further on: the element stays, so that its socket does too.
    if (fresh.innerHTML !== element.innerHTML) element.replaceChildren(...fresh.childNodes);
    for (const name of ["part", "announce"]) if (fresh.dataset[name]) element.dataset[name] = fresh.dataset[name];
    return;
  }
  stop();
  const held = element.contains(document.activeElement);
  element.replaceWith(fresh);
  window.htmx?.process(fresh);
  if (held) fresh.querySelector("a, button")?.focus();
  if (fresh.dataset.announce) announce(fresh.dataset.announce);
  follow();
}

document.addEventListener("htmx:afterSwap", () => {
  for (const [element, stop] of followed) if (!element.isConnected) stop();
  follow();
});
follow();
