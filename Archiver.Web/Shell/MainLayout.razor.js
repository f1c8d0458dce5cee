// The theme that was chosen here, else the system's.
const key = "archiver.theme";

export function isDark() {
  const kept = localStorage.getItem(key);
  return show(kept ? kept === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
}

export function keep(dark) {
  localStorage.setItem(key, show(dark) ? "dark" : "light");
}

// What the browser draws itself, boxes to tick and bars to scroll, goes with the theme.
function show(dark) {
  document.documentElement.style.colorScheme = dark ? "dark" : "light";
  return dark;
}

export function timeZone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
