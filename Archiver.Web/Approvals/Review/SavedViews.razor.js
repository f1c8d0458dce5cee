// The views that were given a name here.
const key = "archiver.approvals.views";

export function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(kept) ? kept.filter(view => typeof view?.name === "string" && typeof view?.query === "string") : [];
  } catch {
    return []; // something else wrote there
  }
}

export function write(views) {
  localStorage.setItem(key, JSON.stringify(views));
}
