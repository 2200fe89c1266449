// What a person means by a key, a button or a menu entry, as operations.

import { say, t } from "./page.js";
import { clean, uuid } from "./text.js";
import * as tree from "./tree.js";

export class Actions {
  constructor(editor, sheet) {
    this.editor = editor;
    this.sheet = sheet;
  }

  get doc() {
    return this.editor.doc;
  }

  /** Enter: the next clause. Inside the text it is cut at the caret. */
  enter(id, field) {
    const line = this.editor.line(id);
    const { value } = field;
    if (!clean(value) && line.parent && !tree.children(this.doc, id).length) return this.outdent(id);
    if (!clean(value) && !line.parent) return false;
    const at = [field.selectionStart, field.selectionEnd];
    const [before, after] = [clean(value.slice(0, at[0])), clean(value.slice(at[1]))];
    const fresh = uuid();
    if (!before && after === clean(value)) return this.before(id, fresh);
    if (line.role === "meeting" && !after && !tree.children(this.doc, id).length) return this.under(id, fresh);
    return this.editor.perform({ kind: "split", clause: id, before, after, id: fresh }, { id: fresh, at: 0 });
  }

  /** Enter at the start of a text: an empty clause above it, the caret stays with its words. */
  before(id, fresh) {
    const line = this.editor.line(id);
    const after = tree.neighbour(this.doc, id, -1);
    const role = line.role === "meeting" ? "heading" : line.role;
    const op = { kind: "insert", id: fresh, style: line.style, role, text: "" };
    return this.editor.perform(after ? { ...op, after } : { ...op, parent: line.parent }, { id, at: 0 });
  }

  /** A first clause under another. */
  under(id, fresh = uuid()) {
    const op = { kind: "insert", id: fresh, parent: id, role: "paragraph", text: "" };
    return this.editor.perform(op, { id: fresh, at: 0 });
  }

  /** A clause behind another with everything under it, on the same level. */
  after(id, fresh = uuid()) {
    const op = id ? { kind: "insert", id: fresh, after: id, text: "" } : { kind: "insert", id: fresh, parent: null, text: "" };
    if (id && this.editor.line(id).role === "meeting") op.role = this.editor.line(id).parent ? "paragraph" : "heading";
    return this.editor.perform(op, { id: fresh, at: 0 });
  }

  /** A new part at the end of the document. */
  section() {
    return this.after(tree.children(this.doc, null).at(-1) ?? null);
  }

  backspace(id) {
    const up = tree.above(this.doc, id);
    const empty = !clean(this.editor.line(id).text);
    const leaf = !tree.children(this.doc, id).length;
    if (empty && leaf) return this.remove(id, up ? { id: up, at: "end" } : null);
    if (!up) return false;
    return this.join(id, up);
  }

  deleteForward(id) {
    const next = tree.below(this.doc, id);
    if (!next) return false;
    const words = this.editor.line(id).text;
    if (!clean(this.editor.line(next).text) && !tree.children(this.doc, next).length) {
      return this.remove(next, { id, at: words.length });
    }
    return this.join(next, id);
  }

  join(id, up) {
    this.editor.flush(up);
    const head = clean(this.editor.line(up).text);
    const at = head.length + (head && clean(this.editor.line(id).text) ? 1 : 0);
    const op = { kind: "join", clause: id, text: clean(this.editor.line(id).text) };
    return this.editor.perform(op, { id: up, at });
  }

  remove(id, focus = null) {
    const block = tree.subtree(this.doc, id);
    const next = this.doc.order[this.doc.order.indexOf(id) + block.length];
    const near = focus ?? (next ? { id: next, at: 0 } : { id: tree.above(this.doc, id), at: "end" });
    const cited = this.sheet.cite(id);
    const full = block.length > 1 || clean(this.editor.line(id).text);
    const done = this.editor.perform({ kind: "remove", clause: id }, near);
    if (done && full) say(t("removed", { path: cited, n: block.length }));
    return done;
  }

  caret(id) {
    const field = this.sheet.field(id);
    return { id, at: field ? field.selectionStart : 0 };
  }

  indent(id) {
    return this.editor.perform({ kind: "indent", clause: id }, this.caret(id));
  }

  /** One level up. Out of a meeting to the top it becomes a heading, like the parts beside it. */
  outdent(id) {
    const parent = tree.parentOf(this.doc, id);
    const top = parent && !tree.parentOf(this.doc, parent) && this.editor.line(parent).role === "meeting";
    if (!this.editor.perform({ kind: "outdent", clause: id }, this.caret(id))) return false;
    if (top && this.editor.line(id).role === "paragraph") {
      this.editor.perform({ kind: "role", clause: id, role: "heading" }, this.caret(id));
    }
    return true;
  }

  shift(id, kind) {
    if (!this.editor.perform({ kind, clause: id }, this.caret(id))) return false;
    this.sheet.flash(id);
    say(t("movedTo", { path: this.sheet.cite(id) }));
    return true;
  }

  move(id, parent, after) {
    if (!this.editor.perform({ kind: "move", clause: id, parent, after }, this.caret(id))) return false;
    this.sheet.flash(id);
    say(t("movedTo", { path: this.sheet.cite(id) }));
    return true;
  }

  role(id, role) {
    return this.editor.perform({ kind: "role", clause: id, role }, this.caret(id));
  }

  toggleMeeting(id) {
    const line = this.editor.line(id);
    if (line.role !== "meeting") return this.role(id, "meeting");
    return this.role(id, line.parent ? "paragraph" : "heading");
  }

  style(id, style) {
    return this.editor.perform({ kind: "style", clause: id, style, row: true }, this.caret(id));
  }

  start(id, start) {
    return this.editor.perform({ kind: "start", clause: id, start });
  }

  /** Bodies of one clause, or of all that are selected together. */
  bodies(ids, bodies) {
    return this.editor.perform({ kind: "bodies", clauses: ids, bodies });
  }
}
