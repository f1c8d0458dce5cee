// Keeps the files that were chosen in the dialog, and sends them, each as the body of one request. What comes of it is told to
// the dialog's circuit, again until it is heard: a circuit can be away for a while, and the files go on without it.
const atOnce = 3; // of the six connections that a browser has to a host over HTTP/1.1
const progressEvery = 250; // milliseconds
const answerWithin = 5000;
const giveUpAfter = 10 * 60 * 1000;
const longestMessage = 8 * 1024; // characters of JSON, of three bytes at most each; a circuit takes 32 KB a message
const longestName = 2048; // characters; a longer one is refused anyway

export function open() {
  return new ChosenFiles();
}

class ChosenFiles {
  #files = [];
  #requests = new Set();
  #sent = new Map();
  #stopped = false;

  // Keeps what is chosen now, and says how many files that is.
  take(input) {
    this.#files = [...input.files];
    return this.#files.length;
  }

  // The names and sizes of as many files, from one on, as fit into a message.
  describe(from) {
    const described = [];
    for (let left = longestMessage; from < this.#files.length; from++) {
      const file = { name: this.#files[from].name.slice(0, longestName), size: this.#files[from].size };
      left -= JSON.stringify(file).length;
      if (left < 0 && described.length > 0) break;
      described.push(file);
    }
    return described;
  }

  // Sends files, by their places among the chosen, to the address that ends in their place, and returns at once. What can go wrong is
  // said in the words that are given: the connection broke, and the dashboard answered {0}.
  send(address, places, listener, words) {
    this.#sendAll(address, [...places], listener, words);
  }

  stop() {
    this.#stopped = true;
    for (const request of this.#requests) request.abort();
  }

  async #sendAll(address, places, listener, words) {
    const ticker = setInterval(() => {
      if (this.#sent.size === 0) return;
      listener.invokeMethodAsync("Progress", [...this.#sent]).catch(() => {}); // the next one says more
      this.#sent.clear();
    }, progressEvery);
    try {
      const token = getToken(words);
      await Promise.all(Array.from({ length: Math.min(atOnce, places.length) }, async () => {
        for (let place; !this.#stopped && (place = places.shift()) !== undefined;) {
          const problem = await token.then(header => this.#sendOne(address, place, header, words), error => error.message);
          this.#sent.delete(place);
          await this.#tell(listener, place, problem);
        }
      }));
    } finally {
      clearInterval(ticker);
    }
  }

  // What kept the file from being taken, in words; null when nothing did.
  #sendOne(address, place, token, words) {
    return new Promise(resolve => {
      const file = this.#files[place];
      const request = new XMLHttpRequest(); // fetch tells nothing of how far an upload is
      this.#requests.add(request);
      request.open("PUT", `${address}/${place}?${new URLSearchParams({ name: file.name })}`);
      request.setRequestHeader(token.header, token.value);
      request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
      request.upload.onprogress = progress => this.#sent.set(place, progress.loaded);
      request.onloadend = () => {
        this.#requests.delete(request);
        resolve(problemOf(request, words));
      };
      request.send(file);
    });
  }

  async #tell(listener, place, problem) {
    for (const since = Date.now(); !this.#stopped && Date.now() - since < giveUpAfter;) {
      const heard = listener.invokeMethodAsync("Ended", place, problem).then(() => true, () => wait(1000));
      if (await Promise.race([heard, wait(answerWithin)])) return;
    }
  }
}

async function getToken(words) {
  const response = await fetch("runs/uploads/token", { cache: "no-store" });
  if (!response.ok) throw new Error(words.answered.replace("{0}", response.status));
  return await response.json();
}

function problemOf(request, words) {
  if (request.status >= 200 && request.status < 300) return null;
  if (request.status === 0) return words.broken;
  try {
    return JSON.parse(request.responseText).detail;
  } catch {
    return words.answered.replace("{0}", request.status);
  }
}

function wait(milliseconds) {
  return new Promise(resolve => setTimeout(() => resolve(false), milliseconds));
}
