// Moves about in the drawing: by mouse, finger and keyboard, without a word to the server; and gives it as a file.
const readable = 0.56; // at which a state's name can still be read
const readableOnPhone = 0.8;
const phone = 600; // pixels
const largest = 4;
const step = 1.25;
const longestSide = 8192; // pixels; a browser makes no larger picture

export function attach(host, fileName) {
  return new Canvas(host, fileName);
}

class Canvas {
  #host;
  #svg;
  #fileName;
  #width;
  #height;
  #x = 0;
  #y = 0;
  #scale = 1;
  #pointers = new Map();
  #moved = false;
  #isTouched = false; // by a person, who then has it as they want it
  #stop = new AbortController();
  #sizes;

  constructor(host, fileName) {
    this.#host = host;
    this.#fileName = fileName;
    this.#svg = host.querySelector("svg.canvas");
    this.#width = Number(this.#svg.dataset.width);
    this.#height = Number(this.#svg.dataset.height);
    const options = { signal: this.#stop.signal };
    host.querySelector(".tools").addEventListener("click", event => this.#act(event.target.closest("[data-act]")?.dataset.act), options);
    this.#svg.addEventListener("keydown", event => this.#key(event), options);
    this.#svg.addEventListener("focusin", event => this.#focused(event.target.closest(".hit")), options);
    this.#svg.addEventListener("wheel", event => this.#wheel(event), { ...options, passive: false });
    this.#svg.addEventListener("pointerdown", event => this.#down(event), options);
    this.#svg.addEventListener("pointermove", event => this.#move(event), options);
    for (const end of ["pointerup", "pointercancel", "pointerleave"]) this.#svg.addEventListener(end, event => this.#pointers.delete(event.pointerId), options);
    // What ends a drag is no choice of a state.
    this.#svg.addEventListener("click", event => {
      if (!this.#moved) return;
      event.stopPropagation();
      event.preventDefault();
      this.#moved = false;
    }, { ...options, capture: true });
    this.#sizes = new ResizeObserver(() => (this.#isTouched ? this.#draw() : this.#open()));
    this.#sizes.observe(this.#svg);
    this.#open();
  }

  dispose() {
    this.#stop.abort();
    this.#sizes.disconnect();
  }

  #states() {
    return [...this.#svg.querySelectorAll(".hit")];
  }

  #place(state) {
    return { x: Number(state.dataset.x), y: Number(state.dataset.y) };
  }

  // All of it where that can be read; else as large as it takes, around where the run is.
  #open() {
    const states = this.#states();
    const current = states.find(state => state.dataset.current === "true") ?? states[0];
    if (current && !states.some(state => state.getAttribute("tabindex") === "0")) current.setAttribute("tabindex", "0");
    this.#fit();
    const least = this.#svg.clientWidth < phone ? readableOnPhone : readable;
    if (this.#scale >= least || !current) return;
    this.#scale = least;
    const at = this.#place(current);
    this.#x = at.x;
    this.#y = at.y;
    this.#draw();
  }

  #fitAgain() {
    this.#isTouched = true;
    this.#fit();
  }

  #fit() {
    const { clientWidth: width, clientHeight: height } = this.#svg;
    this.#scale = Math.min(1.25, width / this.#width, height / this.#height) || 1;
    this.#x = this.#width / 2;
    this.#y = this.#height / 2;
    this.#draw();
  }

  #draw() {
    const width = this.#svg.clientWidth / this.#scale, height = this.#svg.clientHeight / this.#scale;
    if (!width || !height) return;
    // No further than that something stays in view; in the middle where all of it is.
    this.#x = width >= this.#width ? this.#width / 2 : Math.min(Math.max(this.#x, width / 2), this.#width - width / 2);
    this.#y = height >= this.#height ? this.#height / 2 : Math.min(Math.max(this.#y, height / 2), this.#height - height / 2);
    this.#svg.setAttribute("viewBox", `${this.#x - width / 2} ${this.#y - height / 2} ${width} ${height}`);
  }

  // Zooms around a point of the drawing, which stays where it is.
  #zoom(factor, at) {
    this.#isTouched = true;
    const smallest = Math.min(readable / 2, this.#svg.clientWidth / this.#width, this.#svg.clientHeight / this.#height);
    const scale = Math.min(largest, Math.max(smallest, this.#scale * factor));
    const by = this.#scale / scale;
    if (at) {
      this.#x = at.x + (this.#x - at.x) * by;
      this.#y = at.y + (this.#y - at.y) * by;
    }
    this.#scale = scale;
    this.#draw();
  }

  #act(what) {
    if (what === "in") this.#zoom(step);
    else if (what === "out") this.#zoom(1 / step);
    else if (what === "fit") this.#fitAgain();
    else if (what === "svg") this.#saveSvg();
    else if (what === "png") this.#savePng();
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const state = event.target.closest(".hit");
    const directions = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
    if (event.key in directions && state) this.#next(state, directions[event.key])?.focus();
    else if ((event.key === "Enter" || event.key === " ") && state) state.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    else if (event.key === "Home") this.#states()[0]?.focus();
    else if (event.key === "End") this.#states().at(-1)?.focus();
    else if (event.key === "+" || event.key === "=") this.#zoom(step);
    else if (event.key === "-") this.#zoom(1 / step);
    else if (event.key === "0") this.#fitAgain();
    else return;
    event.preventDefault();
  }

  // The nearest state that way: what lies aside counts more than what lies ahead.
  #next(state, [dx, dy]) {
    const from = this.#place(state);
    let best = null, least = Infinity;
    for (const other of this.#states()) {
      const at = this.#place(other);
      const ahead = (at.x - from.x) * dx + (at.y - from.y) * dy, aside = Math.abs((at.x - from.x) * dy) + Math.abs((at.y - from.y) * dx);
      if (other === state || ahead < 8) continue;
      const distance = ahead + aside * 2;
      if (distance < least) [best, least] = [other, distance];
    }
    return best;
  }

  // One stop for the Tab key: where one was last. What has the focus is brought into view.
  #focused(state) {
    if (!state) return;
    for (const other of this.#states()) other.setAttribute("tabindex", other === state ? "0" : "-1");
    const at = this.#place(state);
    const width = this.#svg.clientWidth / this.#scale / 2 - 90, height = this.#svg.clientHeight / this.#scale / 2 - 40;
    if (Math.abs(at.x - this.#x) <= width && Math.abs(at.y - this.#y) <= height) return;
    this.#isTouched = true;
    this.#x = at.x;
    this.#y = at.y;
    this.#draw();
  }

  #wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return; // the page scrolls
    event.preventDefault();
    this.#zoom(Math.exp(-event.deltaY / 300), this.#at(event.clientX, event.clientY));
  }

  #at(clientX, clientY) {
    const box = this.#svg.getBoundingClientRect();
    return {
      x: this.#x + (clientX - box.left - box.width / 2) / this.#scale,
      y: this.#y + (clientY - box.top - box.height / 2) / this.#scale,
    };
  }

  #down(event) {
    if (event.button !== 0) return;
    if (this.#pointers.size === 0) this.#moved = false;
    this.#pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  }

  #move(event) {
    const before = this.#pointers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    if (this.#pointers.size === 2) {
      const other = [...this.#pointers].find(([id]) => id !== event.pointerId)[1];
      const was = Math.hypot(before.x - other.x, before.y - other.y), is = Math.hypot(now.x - other.x, now.y - other.y);
      if (was > 0) this.#zoom(is / was, this.#at((now.x + other.x) / 2, (now.y + other.y) / 2));
    }
    if (!this.#moved && Math.hypot(now.x - before.x, now.y - before.y) < 4) return;
    this.#moved = this.#isTouched = true;
    this.#pointers.set(event.pointerId, now);
    const shared = this.#pointers.size;
    this.#x -= (now.x - before.x) / this.#scale / shared;
    this.#y -= (now.y - before.y) / this.#scale / shared;
    this.#draw();
  }

  // The drawing with its look written into it, whatever part of it is in view.
  #picture() {
    const copy = this.#svg.cloneNode(true);
    const looks = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-family", "font-size", "font-weight", "text-anchor"];
    const originals = this.#svg.querySelectorAll("*"), copies = copy.querySelectorAll("*");
    originals.forEach((original, place) => {
      const style = getComputedStyle(original);
      for (const look of looks) copies[place].setAttribute(look, style.getPropertyValue(look));
      for (const name of [...copies[place].getAttributeNames()]) {
        if (name === "class" || name === "tabindex" || name === "role" || name.startsWith("data-") || name.startsWith("aria-") || name.startsWith("b-")) copies[place].removeAttribute(name);
      }
    });
    for (const name of [...copy.getAttributeNames()]) copy.removeAttribute(name);
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("viewBox", `0 0 ${this.#width} ${this.#height}`);
    copy.setAttribute("width", this.#width);
    copy.setAttribute("height", this.#height);
    const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    ground.setAttribute("width", "100%");
    ground.setAttribute("height", "100%");
    ground.setAttribute("fill", getComputedStyle(this.#host).backgroundColor);
    copy.prepend(ground);
    return new XMLSerializer().serializeToString(copy);
  }

  #saveSvg() {
    this.#save(new Blob([this.#picture()], { type: "image/svg+xml" }), "svg");
  }

  async #savePng() {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(this.#picture())}`;
    await image.decode();
    const scale = Math.min(2, longestSide / Math.max(this.#width, this.#height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil(this.#width * scale);
    canvas.height = Math.ceil(this.#height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(blob => this.#save(blob, "png"), "image/png");
  }

  #save(blob, ending) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${this.#fileName}.${ending}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }
}
