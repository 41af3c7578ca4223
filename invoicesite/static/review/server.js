// Asking the server: JSON there and back.

const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value;

export async function ask(url, body = {}, options = {}) {
  try {
    const response = await fetch(url, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify(body),
      ...options,
    });
    const isJson = (response.headers.get("Content-Type") || "").includes("json");
    const data = isJson ? await response.json() : {};
    if (!response.ok && !data.message) data.message = data.detail || "The server could not do this. Try again.";
    return { ok: response.ok, status: response.status, data };
  } catch (error) {
    if (error.name === "AbortError") return { ok: false, aborted: true, data: {} };
    return { ok: false, status: 0, data: { message: "The server is not responding. Your changes are still here." } };
  }
}

export async function fetchJson(url) {
  const response = await fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${response.status}`);
  return response.json();
}
