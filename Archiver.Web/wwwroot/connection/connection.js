// Starts the circuit, and looks after it: says when the connection is lost, brings it back, and keeps what was typed meanwhile.
// What is on the page stays there to be read; nothing covers it.
import { Drafts } from "./drafts.js";

const quiet = 600; // milliseconds: what mends itself within that is not worth a word
const pauses = [0, 1, 2, 4, 8, 15, 30]; // seconds before each try; the last one from then on
const seenFor = 6000;
const cameBack = "archiver.came-back"; // for the page that is loaded next: it says that it was

const banner = document.getElementById("connection");
const drafts = new Drafts(banner.dataset.person, () => say("putBack", true));

class Connection {
  #isLost = false;
  #attempt = 0;
  #refused = 0;
  #trying = false;
  #due;
  #timer;

  // Blazor calls it again where a try got as far as a connection that broke.
  onConnectionDown() {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#attempt = 0;
    this.#refused = 0;
    drafts.watchOutage();
    setTimeout(() => this.#isLost && show("lost"), quiet);
    this.#schedule();
  }

  onConnectionUp() {
    if (!this.#isLost) return;
    this.#isLost = false;
    clearInterval(this.#timer);
    if (!banner.hidden) say("back", true);
    drafts.sendOutage(); // the server has heard nothing of it
  }

  get isLost() {
    return this.#isLost;
  }

  tryNow() {
    if (!this.#isLost || this.#trying) return;
    clearInterval(this.#timer);
    this.#try();
  }

  #schedule() {
    const pause = pauses[Math.min(this.#attempt++, pauses.length - 1)];
    this.#due = Date.now() + pause * 1000;
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#tick(), 250);
    this.#tick();
  }

  #tick() {
    const left = Math.ceil((this.#due - Date.now()) / 1000);
    countdown(left);
    if (left > 0) return;
    clearInterval(this.#timer);
    this.#try();
  }

  async #try() {
    this.#trying = true;
    countdown(0);
    try {
      // False: the server is there, and knows nothing of this page any more; it was restarted, or the page was away for too long.
      if (!(await Blazor.reconnect())) return this.#loadAgain();
    } catch {
      // Not reached; or reached and refused, as whoever is signed out is.
      this.#refused = (await isServed()) ? this.#refused + 1 : 0;
      if (this.#refused > 1) return this.#loadAgain();
    } finally {
      this.#trying = false;
    }
    if (this.#isLost) this.#schedule();
  }

  #loadAgain() {
    keepForNextPage();
    location.reload();
  }
}

const connection = new Connection();

function keepForNextPage() {
  drafts.keep();
  sessionStorage.setItem(cameBack, "1");
}

async function isServed() {
  try {
    return (await fetch("health/live", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

// --- what is said. The sentences stand in the page, in the reader's language. ---

let hiding;

function show(what) {
  clearTimeout(hiding);
  banner.hidden = false;
  banner.dataset.state = what;
  for (const place of [banner.querySelector(".said"), document.getElementById("connection-said")]) place.textContent = banner.dataset[what];
}

function say(what, briefly) {
  show(what);
  if (briefly) hiding = setTimeout(() => { banner.hidden = true; }, seenFor);
}

// Beside what is said and not read out: a number every second is none for a live region.
function countdown(seconds) {
  banner.querySelector(".next").textContent = seconds > 0 ? banner.dataset.next.replace("{0}", seconds) : banner.dataset.now;
}

banner.querySelector("button").addEventListener("click", () => connection.tryNow());
addEventListener("online", () => connection.tryNow());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && connection.tryNow());
// Whoever loads the page again by themselves loses nothing, either.
addEventListener("pagehide", () => connection.isLost && keepForNextPage());
document.querySelector("#blazor-error-ui .reload").addEventListener("click", keepForNextPage);

await Blazor.start({ circuit: { reconnectionHandler: connection } });
if (sessionStorage.getItem(cameBack)) {
  sessionStorage.removeItem(cameBack);
  say(drafts.putBack() ? "kept" : "loaded", true);
}
