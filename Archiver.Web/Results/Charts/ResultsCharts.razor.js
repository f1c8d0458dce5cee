// The arrows in a chart, and the focus after a click that redraws it.

// Where the arrows lead: sideways to the next column that has something, up and down within one.
function next(links, from, key) {
  const place = links.indexOf(from);
  const column = Number(from.dataset.column);
  switch (key) {
    case "ArrowUp": return links[place + 1]?.dataset.column === from.dataset.column ? links[place + 1] : null;
    case "ArrowDown": return links[place - 1]?.dataset.column === from.dataset.column ? links[place - 1] : null;
    case "ArrowRight": return links.find(link => Number(link.dataset.column) > column);
    case "ArrowLeft": {
      const before = links.filter(link => Number(link.dataset.column) < column).at(-1);
      return before && links.find(link => link.dataset.column === before.dataset.column);
    }
    case "Home": return links[0];
    case "End": return links.at(-1);
    default: return null;
  }
}

export function attach(root) {
  if (!root) return;
  root.addEventListener("keydown", event => {
    const from = event.target.closest("[data-bars] a");
    if (!from || event.ctrlKey || event.altKey || event.metaKey) return;
    const to = next([...from.closest("[data-bars]").querySelectorAll("a")], from, event.key);
    if (to) to.focus();
    if (to || event.key.startsWith("Arrow")) event.preventDefault();
  });

  // A bar that was followed may be gone from the chart that comes: the focus then goes to the filters that are in force.
  let followed = false;
  root.addEventListener("click", event => followed = event.target.closest("a") !== null);
  root.addEventListener("focusin", () => followed = false);
  new MutationObserver(() => {
    if (!followed || document.activeElement !== document.body) return;
    followed = false;
    document.querySelector("[data-active-filters]")?.focus();
  }).observe(root, { childList: true, subtree: true });
}
