// The editor's heart: the local document, what is settled with the server, and one door for changes.

import { apply, refusal } from "./apply.js";
import { config, say, t } from "./page.js";
import { clean, uuid } from "./text.js";
import * as tree from "./tree.js";

/** Findings that the words alone show; an answer about words alone says nothing of the others. */
const OF_WORDS = new Set(["date.impossible", "weekday.wrong", "glyph.missing"]);
const SHAPE = ["parent", "depth", "label", "role", "style", "start", "note"];

/**
 * Events: "change" {focus?, structure} after the local document changed, "focus" when another clause
 * became current, "problem" {id, …} for words that the server did not take.
 */
export class Editor extends EventTarget {
  constructor(lines, queue, store) {
    super();
    this.doc = tree.makeDoc(lines, config.styles);
    this.queue = queue;
    this.store = store;
    this.revision = config.revision;
    this.settled = new Map();
    this.problems = new Map();
    this.current = null;
    this.selected = new Set();
    this.truth = new Map();
    this.skeleton = null;
    this.onLeaving = new Map(); // clause → its words as the server wrote them, for when the field is left
    this.focused = () => false; // is the field of a clause being typed in? set by the sheet
    this.holding = new Map(); // operation on its way → clauses whose words it changes
    for (const line of lines) {
      queue.learn(line);
      this.settled.set(line.id, line.text);
    }
    queue.addEventListener("answer", ({ detail }) => this.answered(detail));
    queue.addEventListener("conflict", ({ detail }) => this.conflicted(detail));
    queue.addEventListener("gone", ({ detail }) => this.refused("gone", detail));
    queue.addEventListener("refused", ({ detail }) => this.refused("refused", detail));
  }

  line(id) {
    return tree.get(this.doc, id);
  }

  tell(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** Is there typed text that is no operation yet? */
  dirty(id) {
    const line = this.line(id);
    if (!line) return false;
    const settled = this.settled.get(id) ?? "";
    return line.text !== settled && clean(line.text) !== clean(settled);
  }

  typed(id, text) {
    this.line(id).text = text;
    const found = this.problems.get(id);
    if (found?.why === "conflict") found.mine = text;
  }

  /** Turn typed text into an operation, where it changed and no conflict is open at the clause. */
  flush(id) {
    if (!this.dirty(id) || this.problems.get(id)?.why === "conflict") return;
    const { text } = this.line(id);
    this.problems.delete(id);
    this.settled.set(id, text);
    this.queue.add({ kind: "text", clause: id, text });
    this.tell("flushed", { id });
  }

  flushAll(except = null) {
    for (const id of this.doc.order) if (id !== except) this.flush(id);
  }

  /**
   * Do an operation here and send it: the one door for every change of structure.
   * `focus`: {id, at} where the caret belongs then. False with a sentence where it cannot be done.
   */
  perform(op, focus = null) {
    if (!config.editable) return false;
    const why = refusal(this.doc, op);
    if (why) {
      say(t(why));
      return false;
    }
    this.flushAll(op.kind === "split" || op.kind === "join" ? op.clause : null);
    const before = new Map(this.doc.order.map((id) => [id, this.line(id).text]));
    apply(this.doc, op);
    for (const id of this.doc.order) this.settled.set(id, this.line(id).text);
    const sent = { op: uuid(), ...op };
    this.hold(sent.op, before);
    this.queue.add(sent);
    this.tell("change", { focus, structure: true });
    return true;
  }

  /** Until the answer, older answers must not bring back the words that this operation changed. */
  hold(op, before) {
    const ids = new Set(this.doc.order.filter((id) => before.get(id) !== this.line(id).text));
    for (const id of before.keys()) if (!this.line(id)) ids.add(id);
    this.holding.set(op, ids);
  }

  held(id) {
    return [...this.holding.values()].some((ids) => ids.has(id));
  }

  /** Ask the server for undo or redo; what it changes comes with the answer. */
  ask(kind) {
    this.flushAll();
    this.queue.add({ op: uuid(), kind });
  }

  setCurrent(id) {
    if (this.current === id) return;
    this.current = id;
    if (!this.selected.has(id)) this.selected.clear();
    this.tell("focus", { id });
  }

  // ------------------------------------------------------------ what comes from the server

  answered({ op, lines = [], removed = [], skeleton = null, revision }) {
    this.holding.delete(op.op);
    if (revision === this.revision + 1) this.revision = revision;
    const focus = op.kind === "undo" || op.kind === "redo" ? { id: lines[0]?.id ?? null, at: null, keep: true } : null;
    this.merge({ lines, removed, skeleton }, { own: true, focus, op });
  }

  /** Lines, removals and order from an answer or from another window. */
  merge({ lines = [], removed = [], skeleton = null }, { own = false, focus = null, op = null } = {}) {
    for (const line of lines) {
      this.truth.set(line.id, { ...this.truth.get(line.id), ...line });
      this.mergeLine(line, own, op);
    }
    for (const id of removed) this.takeOut(id);
    if (skeleton) this.skeleton = skeleton;
    if (!this.queue.structural) this.reshape();
    this.tell("change", { focus, structure: Boolean(skeleton || removed.length), remote: !own, lines });
  }

  mergeLine(line, own, op) {
    const here = this.line(line.id);
    if (!here && this.held(line.id)) return;
    if (!here) {
      this.doc.lines.set(line.id, { ...line });
      if (!own) this.queue.learn(line);
      this.settled.set(line.id, line.text);
      return;
    }
    const busy = this.dirty(line.id) || this.queue.waiting(line.id) !== undefined
      || this.held(line.id) || this.problems.has(line.id);
    if (!own && line.version < (this.queue.versions.get(line.id) ?? 0)) return;
    const sameBase = line.text === this.queue.bases.get(line.id);
    if (!own && (!busy || sameBase)) this.queue.learn(line);
    const { text } = here;
    const later = op?.kind === "text" && op.clause === line.id && this.focused(line.id);
    const mine = busy || later || clean(text) === line.text;
    if (later && !busy) this.onLeaving.set(line.id, line.text);
    const bodies = this.queue.touches(line.id) ? here.bodies : line.bodies;
    const when = this.queue.touches(line.id) || !("when" in line) ? here.when : line.when;
    const others = "label" in line ? [] : (here.findings ?? []).filter(({ code }) => !OF_WORDS.has(code));
    const shape = Object.fromEntries(SHAPE.map((name) => [name, here[name]]));
    Object.assign(here, line, { text: mine ? text : line.text }, shape, {
      bodies, when, findings: [...(line.findings ?? []), ...others],
    });
    if (!mine) {
      this.settled.set(line.id, line.text);
      this.tell("text", { id: line.id, before: text, after: line.text });
    }
  }

  /** The field was left: the words as the server put them right (a weekday, a zero) may come in. */
  left(id) {
    const after = this.onLeaving.get(id);
    this.onLeaving.delete(id);
    const line = this.line(id);
    if (after === undefined || !line || this.dirty(id) || this.queue.touches(id) || clean(line.text) === after) return;
    const before = line.text;
    line.text = after;
    this.settled.set(id, after);
    this.tell("text", { id, before, after });
    this.tell("change");
  }

  takeOut(id) {
    if (!this.line(id) || this.queue.touches(id)) return;
    if (this.dirty(id)) this.orphan(id, this.line(id).text);
    this.truth.delete(id);
    tree.remove(this.doc, id);
    this.queue.forget(id);
  }

  /** Order, levels and labels as the server has them, once no own operation waits. */
  reshape() {
    for (const [id, line] of this.truth) {
      const here = this.line(id);
      if (here) for (const name of SHAPE) if (name in line) here[name] = line[name];
    }
    this.truth.clear();
    if (!this.skeleton) return;
    const order = [];
    for (const [id, parent, depth, label, note] of this.skeleton) {
      const here = this.line(id);
      if (!here) {
        this.tell("unknown", { id });
        continue;
      }
      Object.assign(here, { parent, depth, label, note });
      order.push(id);
    }
    for (const id of this.doc.order) if (!order.includes(id)) this.lost(id);
    this.doc.order = order;
    this.skeleton = null;
  }

  lost(id) {
    if (this.dirty(id)) this.orphan(id, this.line(id).text);
    this.doc.lines.delete(id);
    this.queue.forget(id);
  }

  orphan(id, text) {
    this.problem(id, { why: "gone", mine: text });
  }

  // ------------------------------------------------------------ words that were not taken

  problem(id, found) {
    this.problems.set(id, found);
    this.store.keep({ clause: id, why: found.why, text: found.mine, theirs: found.theirs ?? null, error: found.error });
    this.tell("problem", { id });
  }

  solved(id) {
    const { seq } = this.problems.get(id) ?? {};
    if (seq) this.store.dropOp(seq);
    this.problems.delete(id);
    this.store.forget(id);
    this.store.dropDraft(id);
    this.tell("problem", { id });
  }

  conflicted({ op, theirs, error }) {
    this.holding.delete(op.op);
    if (!theirs || (op.kind !== "text" && op.kind !== "split")) {
      say(error ?? t("resync"), { error: true });
      this.tell("resync");
      return;
    }
    const typed = op.kind === "split" ? clean(`${op.before} ${op.after}`) : op.text;
    const live = this.dirty(op.clause) && op.kind === "text" ? this.line(op.clause).text : typed;
    const here = this.line(op.clause);
    if (here) here.text = live;
    this.settled.set(op.clause, theirs.text);
    this.problem(op.clause, { why: "conflict", mine: live, theirs: theirs.text, line: theirs, error });
    if (op.kind !== "text") this.tell("resync");
  }

  refused(why, { op, error }) {
    this.holding.delete(op.op);
    if (why === "gone" && this.line(op.clause)) {
      const mine = op.kind === "text" && !this.dirty(op.clause) ? op.text : this.line(op.clause).text;
      for (const id of tree.subtree(this.doc, op.clause)) if (id !== op.clause && this.dirty(id)) this.orphan(id, this.line(id).text);
      for (const id of tree.remove(this.doc, op.clause)) this.queue.forget(id);
      tree.renumber(this.doc);
      if (clean(mine)) this.orphan(op.clause, mine);
      this.tell("change", { structure: true });
      return;
    }
    if (op.kind === "text") {
      this.problem(op.clause, { why, mine: op.text, error });
      return;
    }
    if (op.kind === "split") this.problem(op.clause, { why, mine: clean(`${op.before} ${op.after}`), error });
    say(error ?? t("refused"), { error: true });
    if (op.kind !== "undo" && op.kind !== "redo") this.tell("resync");
  }

  /** The whole document as the server has it now, after something local could not be done. */
  replace(lines, revision) {
    const typed = new Map(this.doc.order.filter((id) => this.dirty(id)).map((id) => [id, this.line(id).text]));
    const order = lines.map((line) => line.id);
    for (const id of this.doc.order) if (!order.includes(id)) this.lost(id);
    this.doc.lines = new Map(lines.map((line) => [line.id, { ...line }]));
    this.doc.order = order;
    this.truth.clear();
    this.skeleton = null;
    for (const line of lines) {
      const conflict = this.problems.get(line.id)?.why === "conflict";
      if (!typed.has(line.id) && !conflict) this.queue.learn(line);
      this.settled.set(line.id, line.text);
      if (typed.has(line.id)) this.line(line.id).text = typed.get(line.id);
    }
    this.revision = revision;
    this.tell("change", { structure: true, remote: true });
  }
}
