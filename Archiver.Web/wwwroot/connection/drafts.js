// What a person typed into the page's fields, over a connection that was lost: told to the server when it is back, or put into the
// same fields of the page that has to be loaded anew. It stays in this tab, and is its person's alone.
const storage = "archiver.drafts";
const keptFor = 60 * 60 * 1000;
const settled = 150; // milliseconds until a field that has just come has what its page puts into it
const ticked = ["checkbox", "radio"];
const texts = ["text", "search", "number", "date", "time", "datetime-local", "email", "url", "tel"];

export class Drafts {
  #person;
  #onPutBack;
  #typed = new Set();
  #inOutage = null;
  #waiting = new Map();

  constructor(person, onPutBack) {
    this.#person = person;
    this.#onPutBack = onPutBack;
    for (const kind of ["input", "change"]) addEventListener(kind, event => event.isTrusted && this.#note(event.target), { capture: true });
  }

  // What is typed from now on reaches nobody.
  watchOutage() {
    this.#inOutage = new Set();
  }

  // Tells it: to whoever listens to the field, as if it were typed now.
  sendOutage() {
    for (const field of this.#inOutage ?? []) {
      if (field.isConnected) tell(field);
    }
    this.#inOutage = null;
  }

  // Keeps what was typed into the fields that there are, and what still waits for its field, for the next page.
  keep() {
    const fields = new Map(this.#waiting);
    for (const field of this.#typed) {
      if (field.isConnected) fields.set(keyOf(field), valueOf(field));
    }
    if (fields.size > 0) sessionStorage.setItem(storage, JSON.stringify({ person: this.#person, at: Date.now(), fields: [...fields] }));
  }

  // Puts what the page before kept into its fields: those that there are, and those that come, such as a dialog's. Says whether
  // there is anything.
  putBack() {
    const kept = JSON.parse(sessionStorage.getItem(storage) ?? "null");
    sessionStorage.removeItem(storage);
    if (!kept || kept.person !== this.#person || Date.now() - kept.at > keptFor) return false;
    this.#waiting = new Map(kept.fields);
    if (this.#waiting.size === 0) return false;
    const observer = new MutationObserver(() => this.#look(observer));
    observer.observe(document.body, { childList: true, subtree: true });
    this.#look(observer);
    return true;
  }

  #look(observer) {
    for (const field of document.querySelectorAll("input, textarea")) {
      const key = isKept(field) ? keyOf(field) : null;
      if (!this.#waiting.has(key)) continue;
      const value = this.#waiting.get(key);
      this.#waiting.delete(key);
      setTimeout(() => this.#fill(field, value), settled);
    }
    if (this.#waiting.size === 0) observer.disconnect();
  }

  #fill(field, value) {
    this.#typed.add(field);
    if (valueOf(field) === value) return;
    if (ticked.includes(field.type)) field.click();
    else {
      field.value = value;
      tell(field);
    }
    this.#onPutBack();
  }

  #note(field) {
    if (!isKept(field)) return;
    this.#typed.add(field);
    this.#inOutage?.add(field);
  }
}

// Neither a secret nor a file, and nothing that says that it is not to be kept.
function isKept(field) {
  const isField = field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && (texts.includes(field.type) || ticked.includes(field.type)));
  return isField && !field.closest("[data-not-kept]");
}

// The field's name, and where it stands: a dialog's heading says what it is about, so that a reason is nobody else's.
function keyOf(field) {
  const dialog = field.closest("[role=dialog]");
  const name = field.getAttribute("aria-label") ?? [...(field.labels ?? [])].map(label => label.textContent.trim()).join(" ");
  return JSON.stringify([location.pathname, dialog?.querySelector("h2, h3")?.textContent.trim() ?? "", field.type, name || field.name || field.placeholder]);
}

function valueOf(field) {
  return ticked.includes(field.type) ? field.checked : field.value;
}

function tell(field) {
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
}
