// The last decision can be taken back for some seconds, also from the next page.

const KEY = "review-last-decision";
export const UNDO_SECONDS = 15;

export function remember(decision) {
  sessionStorage.setItem(KEY, JSON.stringify({ ...decision, until: Date.now() + UNDO_SECONDS * 1000 }));
}

export function lastDecision() {
  const last = JSON.parse(sessionStorage.getItem(KEY) || "null");
  return last && last.until > Date.now() ? last : null;
}

export function forget() {
  sessionStorage.removeItem(KEY);
}
