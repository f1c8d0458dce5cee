// The theme that was chosen here, else the system's.
const key = "archiver.theme";

export function isDark() {
  const kept = localStorage.getItem(key);
  return kept ? kept === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

export function keep(dark) {
  localStorage.setItem(key, dark ? "dark" : "light");
}

export function timeZone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
