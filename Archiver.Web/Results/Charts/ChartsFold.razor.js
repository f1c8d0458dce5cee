// Whether the charts are shown: as it was chosen here, else wherever there is room beside the grid.
const key = "archiver.results.charts";

export function isOpen() {
  const kept = localStorage.getItem(key);
  return kept ? kept === "open" : matchMedia("(min-width: 1200px)").matches;
}

export function keep(open) {
  localStorage.setItem(key, open ? "open" : "closed");
}
