// Keys inside the fields of the sheet (UI.md §5). Never while an input method composes.

import { caretX, nearest, onEdge } from "./caret.js";
import * as tree from "./tree.js";

const PHONE = matchMedia("(max-width: 767.98px)");

export class Keys {
  constructor(editor, sheet, actions, fields) {
    Object.assign(this, { editor, sheet, actions, fields });
    this.leaving = false;
    this.before = []; // handlers of other modules that may take a key first: (event, id) → true
    sheet.box.addEventListener("keydown", (event) => this.key(event));
  }

  key(event) {
    if (!event.target.matches?.("textarea.words")) return;
    if (event.isComposing || event.keyCode === 229 || this.fields.composing) return;
    const field = event.target;
    const id = this.sheet.idOf(field);
    if (this.before.some((take) => take(event, id))) {
      event.preventDefault();
      return;
    }
    if (this.take(event, id, field)) event.preventDefault();
    if (!["Shift", "Escape", "Tab"].includes(event.key)) this.leaving = false;
  }

  /** True when the key was meant for the editor. */
  take(event, id, field) {
    const { altKey: alt, shiftKey: shift } = event;
    const ctrl = event.ctrlKey || event.metaKey;
    if (ctrl && !alt) return this.control(event.key.toLowerCase(), shift, id);
    if (PHONE.matches) return event.key === "Enter"; // a phone corrects words, it does not rebuild
    if (alt && !ctrl) return this.alternate(event.key, shift, id);
    switch (event.key) {
      case "Enter":
        if (!shift) this.actions.enter(id, field);
        return true;
      case "Tab": return this.tab(id, field, shift);
      case "Escape":
        this.leaving = true;
        return false;
      case "Backspace": return !shift && this.atStart(field) && (this.actions.backspace(id) || true);
      case "Delete": return !shift && this.atEnd(field) && (this.actions.deleteForward(id) || true);
      case "ArrowUp": return !shift && this.arrow(id, field, -1);
      case "ArrowDown": return !shift && this.arrow(id, field, 1);
      default: return false;
    }
  }

  control(key, shift, id) {
    if (key === "z" && !shift) return this.undo(id);
    if (key === "y" || (key === "z" && shift)) return this.redo(id);
    if (key === "arrowup" && !shift) return this.step(id, -1, "end");
    if (key === "arrowdown" && !shift) return this.step(id, 1, 0);
    return false;
  }

  /** Inside words that are not saved yet the browser's own undo is the finer one. */
  undo(id) {
    if (this.editor.dirty(id)) return false;
    this.editor.ask("undo");
    return true;
  }

  redo(id) {
    if (this.editor.dirty(id)) return false;
    this.editor.ask("redo");
    return true;
  }

  alternate(key, shift, id) {
    switch (key) {
      case "ArrowUp": return this.actions.shift(id, "up") || true;
      case "ArrowDown": return this.actions.shift(id, "down") || true;
      case "ArrowLeft": return !shift && (this.actions.outdent(id) || true);
      case "ArrowRight": return !shift && (this.actions.indent(id) || true);
      default: return false;
    }
  }

  tab(id, field, shift) {
    if (this.leaving || field.selectionStart !== 0 || field.selectionEnd !== 0) {
      this.leaving = false;
      return false;
    }
    if (shift) this.actions.outdent(id);
    else this.actions.indent(id);
    return true;
  }

  atStart(field) {
    return field.selectionStart === 0 && field.selectionEnd === 0;
  }

  atEnd(field) {
    return field.selectionStart === field.value.length && field.selectionEnd === field.value.length;
  }

  step(id, direction, at) {
    const next = direction < 0 ? tree.above(this.editor.doc, id) : tree.below(this.editor.doc, id);
    if (next) this.sheet.focus(next, at);
    return true;
  }

  /** Plain arrows leave the field only over its first or last printed line, in the same column. */
  arrow(id, field, direction) {
    const mirror = this.sheet.mirror(id);
    if (!onEdge(field, mirror, direction)) return false;
    const next = direction < 0 ? tree.above(this.editor.doc, id) : tree.below(this.editor.doc, id);
    if (!next) return false;
    const x = caretX(field, mirror);
    const target = this.sheet.field(next);
    this.sheet.focus(next, nearest(target, this.sheet.mirror(next), x, direction));
    return true;
  }
}
