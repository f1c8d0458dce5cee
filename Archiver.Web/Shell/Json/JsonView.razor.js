// Puts a text on the clipboard. A page that is not served over TLS has no clipboard of its own, and copies what is marked.
export async function copy(text) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false; // the browser's person said no
    }
  }
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

// Brings the line that was found into view, within its own box.
export function show(box) {
  const line = box?.querySelector(".line.current");
  if (!line) return;
  if (line.offsetTop < box.scrollTop || line.offsetTop + line.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = line.offsetTop - box.clientHeight / 3;
}
