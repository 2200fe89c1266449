// What a leader writes, from the tap to the acknowledgement. Each write waits in the browser's own store
// (IndexedDB), under the person's key and with an id of its own, so that nothing is lost with the
// network, the tab or the session, and a repeat does nothing twice.
//
// writes: {seq, person, op, url, body, item, kind, text, refused}

const NAME = "lucngan-review";
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 60000;
const PATIENCE = 20000;

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function open() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    const store = request.result.createObjectStore("writes", { keyPath: "seq", autoIncrement: true });
    store.createIndex("person", "person");
  };
  return done(request);
}

function token() {
  const found = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/);
  return found ? decodeURIComponent(found[1]) : "";
}

/** Tells "sent" {write, said}, "refused" {write, error} and "state"; state is one of
 * idle · sending · offline · broken · session · stranger. */
export class Outbox extends EventTarget {
  constructor(person) {
    super();
    this.person = person;
    this.writes = [];
    this.state = "idle";
    this.wait = FIRST_WAIT;
    this.timer = 0;
    this.late = 0; // how many have gone out that had to wait
    this.db = null;
  }

  async start() {
    try {
      this.db = await open();
      this.writes = await done(this.db.transaction("writes").objectStore("writes").index("person").getAll(this.person));
      this.waited(this.writes); // written on an earlier page
    } catch {
      this.db = null; // a browser that stores nothing still sends at once
    }
    this.tell("state");
    this.pump();
  }

  /** These had to wait: the person is told when they have gone out. */
  waited(writes) {
    writes.forEach((write) => { write.late = true; });
  }

  get pending() {
    return this.writes.filter((write) => !write.refused);
  }

  tell(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  async store(work) {
    if (!this.db) return undefined;
    return done(work(this.db.transaction("writes", "readwrite", { durability: "strict" }).objectStore("writes")));
  }

  /** Keep a write and send it; resolves when it is kept. */
  async add(write) {
    const record = { ...write, person: this.person };
    try {
      const seq = await this.store((store) => store.add(record));
      if (seq !== undefined) record.seq = seq;
    } catch {
      /* not stored: it is still sent from here */
    }
    if (this.state === "offline" || this.state === "broken") this.waited([record]);
    this.writes.push(record);
    this.tell("state");
    this.pump();
  }

  async drop(record) {
    this.writes = this.writes.filter((each) => each !== record);
    if (record.seq !== undefined) await this.store((store) => store.delete(record.seq)).catch(() => {});
    this.tell("state");
  }

  retry() {
    clearTimeout(this.timer);
    this.wait = FIRST_WAIT;
    if (this.state === "session") this.state = "idle";
    this.pump();
  }

  become(state) {
    this.state = state;
    this.tell("state");
  }

  /** One at a time, in order; another window of the same person waits for its turn. */
  async pump() {
    if (this.busy || this.state === "session" || this.state === "stranger") return;
    clearTimeout(this.timer);
    this.busy = true;
    const work = async () => {
      while (this.pending.length && (await this.send(this.pending[0])));
    };
    await (navigator.locks ? navigator.locks.request(`${NAME}-${this.person}`, work) : work());
    this.busy = false;
    if (!this.pending.length && this.state !== "idle") this.become("idle");
  }

  /** True when the next may follow. */
  async send(record) {
    if (record.seq !== undefined && !(await this.store((store) => store.get(record.seq)).catch(() => record))) {
      this.writes = this.writes.filter((each) => each !== record); // another window has sent it
      return true;
    }
    if (this.state === "idle") this.become("sending");
    let response;
    let data = {};
    try {
      response = await fetch(record.url, {
        method: "POST",
        body: new URLSearchParams(record.body),
        headers: { Accept: "application/json", "X-CSRFToken": token() },
        credentials: "same-origin",
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (response.headers.get("Content-Type")?.includes("json")) data = await response.json();
    } catch {
      return this.later("offline");
    }
    return this.answered(record, response, data);
  }

  async answered(record, { status, ok, redirected }, data) {
    if (ok && "said" in data) {
      this.wait = FIRST_WAIT;
      if (record.late) this.late += 1;
      await this.drop(record);
      this.tell("sent", { write: record, said: data.said });
      return true;
    }
    if (status === 401 || redirected || ok) return this.stop("session");
    if (status === 403 && !("error" in data)) return this.stop("session"); // the page was open too long
    if (status === 403 && data.stranger) return this.stop("stranger");
    if (status === 408 || status === 425 || status === 429 || status >= 500) return this.later("broken");
    record.refused = data.error ?? `${status}`;
    if (record.seq !== undefined) await this.store((store) => store.put(record)).catch(() => {});
    this.tell("refused", { write: record, error: record.refused });
    return true;
  }

  stop(state) {
    this.become(state);
    return false;
  }

  later(state) {
    this.waited(this.pending);
    this.become(state);
    this.timer = setTimeout(() => this.pump(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    return false;
  }
}
