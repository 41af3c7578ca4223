// What every page does: tells the server the browser's time zone, closes the menu, announces to screen readers.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && !document.cookie.split("; ").includes(`browser_time_zone=${encodeURIComponent(zone)}`)) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `browser_time_zone=${encodeURIComponent(zone)}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}

const menu = document.querySelector("details.menu");
document.addEventListener("click", (event) => {
  if (menu?.open && !menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && menu?.open) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

export function announce(text, seconds = 5) {
  const line = document.createElement("p");
  line.textContent = text;
  document.querySelector("#announce")?.append(line);
  setTimeout(() => line.remove(), seconds * 1000);
}

document.addEventListener("htmx:responseError", () => announce("The server could not respond. Reload the page."));
document.addEventListener("htmx:sendError", () => announce("No connection to the server."));

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent.trim());
    announce("Copied.");
  });
}
