// The dialog by keyboard. Its elements go with it, and what listens to them.
export function listen(root) {
  const area = root?.querySelector("textarea");
  if (!area) return;
  const presets = [...root.querySelectorAll(".preset")];
  const texts = presets.map(preset => preset.lastChild.textContent.trim());
  let written = false;

  // Once something was written by hand, digits are a part of it.
  area.addEventListener("input", event => written ||= event.isTrusted && !texts.includes(area.value));
  area.addEventListener("keydown", event => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const preset = !written && (area.value === "" || texts.includes(area.value)) && presets.find(one => one.dataset.digit === event.key);
    if (preset) {
      event.preventDefault();
      preset.click();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (!event.repeat) root.closest(".mud-dialog").querySelector(".deny-send").click();
    }
  });
  // Whoever clicked a reason goes on by keyboard.
  for (const preset of presets) preset.addEventListener("click", () => area.focus());
}
