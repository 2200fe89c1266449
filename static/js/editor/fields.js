// Typing: what is typed goes into the local document at once, into the browser's store within half a
// second, and to the server when typing pauses or the field is left. Nothing happens while an input
// method composes.

import { oneLine } from "./text.js";

const DRAFT = 250;
const PAUSE = 600;

export class Fields {
  constructor(editor, sheet, store) {
    this.editor = editor;
    this.sheet = sheet;
    this.store = store;
    this.drafts = new Map();
    this.pauses = new Map();
    const { box } = sheet;
    box.addEventListener("compositionstart", (event) => { sheet.composing = sheet.idOf(event.target); });
    box.addEventListener("compositionend", (event) => {
      sheet.composing = null;
      this.typed(event.target);
    });
    box.addEventListener("input", (event) => this.input(event));
    box.addEventListener("focusin", (event) => this.entered(event));
    box.addEventListener("focusout", (event) => this.left(event));
    editor.addEventListener("flushed", ({ detail }) => this.forget(detail.id));
    editor.addEventListener("change", ({ detail }) => detail.structure && this.sweep());
    document.addEventListener("visibilitychange", () => document.hidden && this.saveNow());
    window.addEventListener("pagehide", () => this.saveNow());
  }

  get composing() {
    return this.sheet.composing;
  }

  input(event) {
    if (!event.target.matches("textarea.words")) return;
    this.sheet.typed(this.sheet.idOf(event.target));
    if (event.isComposing || this.composing) return;
    this.typed(event.target);
  }

  typed(field) {
    const id = this.sheet.idOf(field);
    if (!id || !this.editor.line(id)) return;
    if (/[\r\n\u2028\u2029]/.test(field.value)) {
      const at = field.selectionStart;
      field.value = oneLine(field.value);
      field.setSelectionRange(at, at);
    }
    this.editor.typed(id, field.value);
    this.sheet.typed(id);
    this.schedule(id);
    this.editor.tell("typed", { id, field });
  }

  schedule(id) {
    if (!this.drafts.has(id)) this.drafts.set(id, setTimeout(() => this.draft(id), DRAFT));
    clearTimeout(this.pauses.get(id));
    this.pauses.set(id, setTimeout(() => this.pause(id), PAUSE));
  }

  draft(id) {
    this.drafts.delete(id);
    if (!this.editor.dirty(id)) return;
    const { queue } = this.editor;
    this.store.putDraft({
      clause: id,
      text: this.editor.line(id).text,
      version: queue.versions.get(id) ?? null,
      base: queue.bases.get(id) ?? null,
    });
  }

  pause(id) {
    this.pauses.delete(id);
    if (this.composing === id) this.schedule(id);
    else this.editor.flush(id);
  }

  /** The words became an operation, which the store has now: the draft may go. */
  forget(id) {
    clearTimeout(this.drafts.get(id));
    clearTimeout(this.pauses.get(id));
    this.drafts.delete(id);
    this.pauses.delete(id);
    const record = this.editor.queue.pending.findLast((r) => r.op.kind === "text" && r.op.clause === id);
    (record?.writing ?? Promise.resolve()).then(() => {
      if (!this.editor.dirty(id)) this.store.dropDraft(id);
    });
  }

  /** After a change of structure the drafts of words that went into it are settled. */
  sweep() {
    for (const id of [...this.drafts.keys(), ...this.pauses.keys()]) if (!this.editor.dirty(id)) this.forget(id);
  }

  entered(event) {
    if (event.target.matches("textarea.words")) this.editor.setCurrent(this.sheet.idOf(event.target));
  }

  left(event) {
    if (!event.target.matches("textarea.words")) return;
    const id = this.sheet.idOf(event.target);
    if (!this.editor.line(id)) return;
    if (this.composing === id) {
      this.sheet.composing = null;
      this.typed(event.target);
    }
    this.editor.flush(id);
    queueMicrotask(() => this.editor.left(id));
  }

  /** The page may go away: write down what is typed without waiting for a pause. */
  saveNow() {
    for (const id of this.editor.doc.order) {
      if (!this.editor.dirty(id)) continue;
      this.draft(id);
      if (this.composing !== id) this.editor.flush(id);
    }
  }

  /** Is something typed that the store does not have yet? */
  get unsafe() {
    return this.drafts.size > 0 || (this.store.busy() && (this.editor.queue.size > 0 || this.pauses.size > 0));
  }
}
