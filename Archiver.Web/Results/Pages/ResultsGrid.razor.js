// The viewer's own columns: kept in this browser, and their edges drawn.
const key = "archiver.results.columns";

export function kept() {
  return localStorage.getItem(key);
}

export function keep(text) {
  if (text) localStorage.setItem(key, text);
  else localStorage.removeItem(key);
}

// How wide each column is now.
export function measure(table) {
  return Object.fromEntries([...table.querySelectorAll("th[data-column]")].map(head => [head.dataset.column, Math.round(head.getBoundingClientRect().width)]));
}

export function attach(table, grid) {
  table.tHead.addEventListener("pointerdown", event => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button !== 0) return;
    event.preventDefault();
    const head = grip.parentElement;
    const start = head.getBoundingClientRect().width;
    const from = event.clientX;
    let width = start;
    grip.setPointerCapture(event.pointerId);
    const move = moved => {
      width = Math.round(start + (moved.clientX - from) * (getComputedStyle(table).direction === "rtl" ? -1 : 1));
      const column = table.querySelector(`col[data-column="${head.dataset.column}"]`);
      if (column) column.style.width = `${width}px`;
    };
    grip.addEventListener("pointermove", move);
    grip.addEventListener("lostpointercapture", () => {
      grip.removeEventListener("pointermove", move);
      const column = table.querySelector(`col[data-column="${head.dataset.column}"]`);
      if (column) column.style.width = "";
      if (width !== start) grid.invokeMethodAsync("OnResizedAsync", head.dataset.column, Math.max(0, width));
    }, { once: true });
  });
}
