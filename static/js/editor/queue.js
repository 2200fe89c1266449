// Operations in order, from the key to the acknowledgement. One request at a time; each waits in the
// store until it is answered, so that nothing typed depends on the network, the server or the tab.

import { ask } from "./api.js";
import { clean, uuid } from "./text.js";

const FIRST_WAIT = 800;
const LONGEST_WAIT = 20000;
const STRUCTURAL = new Set(["insert", "remove", "split", "join", "indent", "outdent", "move", "up", "down",
  "role", "style", "start", "paste", "undo", "redo"]);

/** Operations that name the version they started from. */
const VERSIONED = new Set(["text", "remove", "split", "join", "schedule"]);

export class Queue extends EventTarget {
  /** urls: {operate, schedule}; store: see store.js */
  constructor(urls, store) {
    super();
    this.urls = urls;
    this.store = store;
    this.pending = [];
    this.versions = new Map();
    this.bases = new Map();
    this.state = "idle"; // idle · sending · offline · broken · session · forbidden
    this.wait = FIRST_WAIT;
    this.epoch = 0;
    this.sending = false;
    this.timer = 0;
  }

  /** What the server is known to have of a clause. */
  learn(line) {
    this.versions.set(line.id, line.version);
    this.bases.set(line.id, line.text);
  }

  forget(id) {
    this.versions.delete(id);
    this.bases.delete(id);
  }

  get size() {
    return this.pending.length;
  }

  get structural() {
    return this.pending.some((record) => STRUCTURAL.has(record.op.kind));
  }

  /** The newest text of a clause that waits, or undefined. */
  waiting(id) {
    return this.pending.findLast((r) => r.op.kind === "text" && r.op.clause === id)?.op.text;
  }

  touches(id) {
    return this.pending.some(({ op }) => op.clause === id || op.id === id || op.clauses?.includes?.(id));
  }

  /** Add an operation; a newer text takes the place of one that has not been sent. */
  add(op) {
    this.epoch += 1;
    const tail = this.pending.at(-1);
    if (op.kind === "text" && tail?.op.kind === "text" && tail.op.clause === op.clause && !tail.sent) {
      tail.op.text = op.text;
      this.persist(tail);
      return tail.op;
    }
    const record = {
      op: { op: op.op ?? uuid(), ...op },
      version: this.versions.get(op.clause) ?? null,
      base: this.bases.get(op.clause) ?? null,
    };
    this.pending.push(record);
    this.persist(record);
    this.pump();
    return record.op;
  }

  /** Take over what an earlier window left behind, with the same ids. */
  async resume(records) {
    for (const { seq, op, version, base, win } of records) {
      const record = { op, version, base, seq, resumed: true };
      this.pending.push(record);
      if (op.clause && version !== null && this.bases.has(op.clause) && this.bases.get(op.clause) !== base) {
        this.versions.set(op.clause, version); // somebody wrote since: the server must say so
        this.bases.set(op.clause, base);
      }
      if (seq) await this.store.putOp(this.stored(record));
      else this.persist(record, win);
    }
    this.pump();
  }

  stored({ seq, op, version, base }) {
    return seq ? { seq, op, version, base } : { op, version, base };
  }

  persist(record) {
    if (!this.store.works) return;
    record.writing = (record.writing ?? Promise.resolve()).then(async () => {
      if (record.done) return;
      if (record.seq) await this.store.putOp(this.stored(record));
      else record.seq = await this.store.addOp(this.stored(record));
    }).catch(() => {});
  }

  drop(record) {
    this.pending = this.pending.filter((each) => each !== record);
    record.done = true;
    (record.writing ?? Promise.resolve()).then(() => record.seq && this.store.dropOp(record.seq)).catch(() => {});
  }

  tell(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  become(state) {
    if (this.state !== state) {
      this.state = state;
      this.tell("state");
    } else if (state !== "idle") this.tell("state");
  }

  /** Try again now: the network is back, the person signed in or asked for it. */
  retry() {
    clearTimeout(this.timer);
    this.wait = FIRST_WAIT;
    if (this.state !== "idle" && this.state !== "sending") this.become("idle");
    this.pump();
  }

  async pump() {
    if (this.sending || ["session", "forbidden"].includes(this.state)) return;
    clearTimeout(this.timer);
    this.sending = true;
    while (this.pending.length && (await this.one(this.pending[0])));
    this.sending = false;
    if (!this.pending.length) this.become("idle");
  }

  /** Send one operation; true when the next may follow at once. */
  async one(record) {
    if (this.state !== "offline" && this.state !== "broken") this.become("sending");
    record.sent = true;
    await record.writing;
    const url = record.op.kind === "schedule" ? this.urls.schedule : this.urls.operate;
    const answer = await ask(url, this.wire(record));
    this.epoch += 1;
    switch (answer.is) {
      case "ok": return this.acknowledged(record, answer.data);
      case "conflict": return this.conflict(record, answer.data);
      case "offline":
      case "broken": return this.later(answer);
      case "session":
        this.become("session");
        return false;
      case "forbidden":
        this.error = answer.data.error;
        this.become("forbidden");
        return false;
      default:
        this.drop(record);
        this.tell(answer.is, { op: record.op, base: record.base, error: answer.data.error });
        return true;
    }
  }

  wire({ op }) {
    const body = { ...op };
    if (VERSIONED.has(op.kind)) body.version = this.versions.get(op.clause) ?? null;
    return body;
  }

  later(answer) {
    this.error = answer.data.error;
    this.become(answer.is);
    this.timer = setTimeout(() => this.pump(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    return false;
  }

  acknowledged(record, data) {
    this.wait = FIRST_WAIT;
    this.drop(record);
    for (const line of data.lines ?? []) this.learnFrom(record, line);
    for (const id of data.removed ?? []) this.forget(id);
    this.become("sending");
    this.tell("answer", { op: record.op, ...data });
    return true;
  }

  /**
   * Take over the version of an answer. Not when the same id had been done before and somebody has
   * changed the words since while newer words wait here: those must meet a conflict, not win silently.
   */
  learnFrom(record, line) {
    const { op } = record;
    const stranger = record.resumed && op.kind === "text" && op.clause === line.id && clean(op.text) !== line.text;
    if (stranger && this.waiting(line.id) !== undefined) return;
    this.learn(line);
  }

  conflict(record, data) {
    const theirs = data.conflict;
    const { op, base } = record;
    if (theirs && op.kind === "text" && clean(op.text) === theirs.text) {
      this.learn(theirs);
      this.drop(record);
      this.tell("answer", { op, lines: [theirs], removed: [], skeleton: null, revision: data.revision });
      return true;
    }
    const same = theirs && theirs.id === op.clause && theirs.text === (this.bases.get(op.clause) ?? base);
    if (same && this.versions.get(op.clause) !== theirs.version) {
      this.learn(theirs); // moved or assigned meanwhile, the words are the same
      return true;
    }
    this.drop(record);
    this.tell("conflict", { op, theirs, error: data.error });
    return true;
  }
}
