// Whether notifications are wanted, as this browser keeps it, and whether it shows any.
const key = "archiver.notices";

export function state() {
  if (!("Notification" in window)) return "none";
  if (Notification.permission === "denied") return "denied";
  return Notification.permission === "granted" && localStorage.getItem(key) === "on" ? "on" : "off";
}

// The browser asks its person, if it has not yet.
export async function toggle() {
  const before = state();
  if (before === "on") {
    localStorage.removeItem(key);
    return "off";
  }
  if (before !== "off") return before;
  if (await Notification.requestPermission() === "granted") localStorage.setItem(key, "on");
  return state();
}

// One notification, in place of the one before, and only to whoever does not look at the tab.
export function tell(text) {
  if (!document.hidden || state() !== "on") return;
  try {
    const notice = new Notification(text, { tag: "archiver.approvals", renotify: true });
    notice.onclick = () => {
      window.focus();
      notice.close();
    };
  } catch {
    // Some browsers on phones show a service worker's only.
  }
}
