// Gives a text to the browser's person as a file.
export async function save(name, stream) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([await stream.arrayBuffer()], { type: "text/csv" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// The button that had the focus may be gone with what it began: then the focus goes on from here, and with it the keys of the dialog.
export function keepFocus(element) {
  if (!document.activeElement || document.activeElement === document.body) element?.focus();
}
