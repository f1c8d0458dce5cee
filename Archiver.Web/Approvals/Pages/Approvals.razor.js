// The inbox by keyboard. The focus moves here, among the rows that are there, so that it moves at once; the server hears of it afterwards.
const kept = "archiver.keys";

export function start(root, page, item, place) {
  if (!root) return null; // the page was left before it could be listened to
  const wide = matchMedia("(min-width: 1100px)");
  let current = item ?? null; // the current item's id
  let at = place ?? 0; // its place in the list
  let wanted = item ? { id: item } : null; // what is to have the focus as soon as it is there
  let inList = false; // whether the focus is, or was until its row went
  let anchor = null; // where a range begins
  let after = []; // the items below the current one when it was last here
  let scrolled = false; // whether the person scrolled since the focus moved: then nothing scrolls back
  let pending = null; // what the current item's row is to do when it is back
  let asking = false;
  let telling = false, told = current, addressed = 0;

  const rows = () => [...root.querySelectorAll("tr.approval")];
  const rowOf = id => id && root.querySelector(`tr.approval[data-id="${CSS.escape(id)}"]`);
  const placeOf = row => Number(row.getAttribute("aria-rowindex")) - 2;
  const waits = row => !row.classList.contains("decided");
  const stops = "a, button, input";
  const search = () => root.querySelector("input[type=search]");

  // One stop of the Tab key for the list, and within its row the ways to act on it. An attribute is written only where it is another: this is called often.
  function mark() {
    const list = rows(), here = rowOf(current) ?? list[0];
    for (const row of list) {
      const stop = row === here ? "0" : "-1";
      for (const one of [row, ...row.querySelectorAll(stops)]) if (one.getAttribute("tabindex") !== stop) one.setAttribute("tabindex", stop);
      const isCurrent = row.dataset.id === current;
      if (isCurrent !== row.hasAttribute("aria-current")) isCurrent ? row.setAttribute("aria-current", "true") : row.removeAttribute("aria-current");
    }
  }

  function note(row) {
    const list = rows();
    at = placeOf(row);
    after = list.slice(list.indexOf(row) + 1).map(one => one.dataset.id);
  }

  function take(row) {
    current = row.dataset.id;
    wanted = null;
    scrolled = false;
    note(row);
    mark();
    tell();
  }

  function go(row) {
    if (!row) return;
    take(row);
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  // The server hears of the latest only; what was passed meanwhile is passed.
  async function tell() {
    clearTimeout(addressed);
    addressed = setTimeout(address, 300);
    if (telling) return;
    telling = true;
    try {
      while (told !== current) {
        told = current;
        await page.invokeMethodAsync("LookAt", told);
      }
    } catch {
      told = null; // the connection is away: the next move tells
    }
    telling = false;
  }

  // The entry stays the same one: Back leads to where one came from, not through every item.
  function address() {
    const url = new URL(location.href);
    if (!root.isConnected || url.pathname !== "/approvals" || url.searchParams.get("item") === current || !current) return;
    url.searchParams.set("item", current);
    history.replaceState(history.state, "", url);
  }

  // Rows came, went or moved.
  function follow() {
    const list = rows();
    const row = rowOf(current);
    if (row) note(row);
    else if (current && list.length && (pending || !scrolled)) find();
    const found = wanted && (wanted.id ? rowOf(wanted.id) : list.find(one => placeOf(one) === wanted.place));
    if (found) go(found);
    mark();
    if (pending && rowOf(current)) {
      const selector = pending;
      pending = null;
      press(selector);
    }
  }

  // The current item's row is not here: it left the list, or so many others did that it is elsewhere by now. The server knows.
  async function find() {
    if (asking) return;
    asking = true;
    const id = current;
    try {
      const place = await page.invokeMethodAsync("PlaceOf", id);
      if (id === current && !rowOf(id)) {
        if (place === null) replace();
        else if ((pending || isLost()) && (wanted?.id !== id || at !== place)) seek({ id, place });
        if (place !== null) at = place;
      }
    } catch {
      // The connection is away: what comes after it brings the rows anew.
    }
    asking = false;
  }

  // What was below it has its place.
  function replace() {
    pending = null;
    const list = rows();
    const next = after.map(rowOf).find(row => row) ?? list.find(row => placeOf(row) >= at) ?? list.at(-1);
    if (!next) return;
    if (isLost()) go(next);
    else take(next);
  }

  // Whether the focus went with its row. It is nobody's to take while it is elsewhere.
  const isLost = () => inList && (document.activeElement === document.body || document.activeElement === null);

  // Rows out of view are not there: the place where it is is brought into view, and its row has the focus when it comes.
  function seek(target) {
    const list = rows();
    if (list.length === 0) return;
    wanted = target;
    const height = list[0].offsetHeight, top = list[0].getBoundingClientRect().top + scrollY - placeOf(list[0]) * height;
    scrollTo({ top: Math.max(0, top + target.place * height - innerHeight / 2) });
  }

  function move(step) {
    const list = rows();
    if (list.length === 0) return;
    if (!current) return go(list[0]);
    const total = Number(list[0].closest("table").getAttribute("aria-rowcount")) - 1;
    const place = Math.min(Math.max(at + step, 0), total - 1);
    const row = list.find(one => placeOf(one) === place);
    if (row) go(row);
    else seek({ place });
  }

  // The next that waits, else the last one before it.
  function next(row) {
    const list = rows(), place = list.indexOf(row);
    return list.slice(place + 1).find(waits) ?? list.slice(0, Math.max(place, 0)).findLast(waits);
  }

  function press(selector) {
    const row = rowOf(current);
    if (!row) {
      pending = current && selector;
      if (pending) find();
      return;
    }
    const button = row.querySelector(selector);
    if (button && !button.disabled) button.click();
    else if (waits(row) && !button) page.invokeMethodAsync("Refuse", current);
  }

  function extend(step) {
    anchor ??= current;
    move(step);
    if (current) page.invokeMethodAsync("SelectTo", anchor ?? current, current);
  }

  const on = () => localStorage.getItem(kept) !== "off";
  const isTyping = element => element.isContentEditable || element.matches?.("textarea, select, input:not([type=checkbox], [type=radio], [type=button])");
  const isElsewhere = () => document.querySelector(".mud-dialog, .mud-popover-open, dialog[open]") !== null;
  // The arrows scroll the page, and what is in it, unless the focus is in the list or nowhere.
  const isFree = element => element === document.body || element.matches?.("h1, main") || root.querySelector("tbody")?.contains(element);

  function key(event) {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || isElsewhere()) return;
    const target = event.target;
    if (event.key === "Escape") {
      if (target === search()) {
        event.preventDefault();
        const row = rowOf(current) ?? rows()[0];
        if (row) go(row);
        else target.blur();
      } else if (!isTyping(target)) {
        anchor = null;
        page.invokeMethodAsync("Unselect");
      }
      return;
    }
    if (isTyping(target)) return;
    if (act(event, target)) event.preventDefault();
  }

  function act(event, target) {
    const arrow = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (arrow && isFree(target)) {
      if (event.shiftKey) extend(arrow);
      else move(arrow);
      return true;
    }
    if (event.key === "Enter" && target.matches?.("tr.approval")) {
      target.querySelector("a.name").click();
      return true;
    }
    if (!on()) return false;
    switch (event.key) {
      case "j": case "J": move(1); return true;
      case "k": case "K": move(-1); return true;
      case "/": search()?.focus(); search()?.select(); return true;
    }
    // What does something does it once, however long the key is held.
    if (event.repeat) return false;
    switch (event.key) {
      case "a": case "A": press("button.approve"); return true;
      case "d": case "D": press("button.deny"); return true;
      case "u": case "U": page.invokeMethodAsync("Undo"); return true;
      case "x":
        anchor = current;
        rowOf(current)?.querySelector(".pick input")?.click();
        return true;
      case "X":
        if (current) page.invokeMethodAsync("SelectTo", anchor ?? current, current);
        anchor ??= current;
        return true;
      case "?": page.invokeMethodAsync("Help"); return true;
    }
    return false;
  }

  // Before anybody else hears of it: beside the detail a click on a name shows it there; with a key held it stays the link that it is.
  function click(event) {
    const row = event.target.closest?.("tr.approval");
    const link = event.target.closest?.("a.name");
    const plain = event.button === 0 && event.detail > 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (row && link && wide.matches && plain) {
      event.preventDefault();
      event.stopPropagation();
      go(row);
    } else if (row && plain && !event.target.closest(stops)) {
      if (wide.matches) go(row);
      else row.querySelector("a.name").click();
    } else if (event.target.closest?.("button.approve")) {
      // The click is the page's to act on; what comes next has the focus by then.
      const decided = row ?? rowOf(current);
      queueMicrotask(() => go(decided && next(decided)));
    } else if (event.target.closest?.(".pick")) {
      anchor = row?.dataset.id;
    }
  }

  function focusIn(event) {
    const row = event.target.closest?.("tr.approval");
    inList = !!row && root.contains(row);
    if (inList && row.dataset.id !== current) take(row);
  }

  const scroll = () => scrolled = true;

  const observer = new MutationObserver(follow);
  observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-rowindex"] });
  document.addEventListener("keydown", key);
  document.addEventListener("focusin", focusIn);
  root.addEventListener("click", click, true);
  for (const way of ["wheel", "touchmove"]) document.addEventListener(way, scroll, { passive: true });
  if (wanted && !rowOf(item)) seek({ id: item, place: at });
  follow();

  return {
    decided(id) {
      const row = rowOf(id);
      if (row && current === id) go(next(row));
    },
    focus(id, place) {
      const row = rowOf(id);
      if (row) go(row);
      else seek({ id, place });
    },
    areKeysOff: () => !on(),
    setKeys(value) {
      localStorage.setItem(kept, value ? "on" : "off");
    },
    stop() {
      clearTimeout(addressed);
      observer.disconnect();
      document.removeEventListener("keydown", key);
      document.removeEventListener("focusin", focusIn);
      root.removeEventListener("click", click, true);
      for (const way of ["wheel", "touchmove"]) document.removeEventListener(way, scroll);
    },
  };
}
