// The sheet: one row per clause, kept in step with the local document without losing focus or caret.

import { $, $$, config, copyOf, el, t } from "./page.js";
import { carried, clean } from "./text.js";
import * as tree from "./tree.js";

const ruler = document.createElement("canvas").getContext("2d");
const widths = new Map();

let known = null;

/** The face of the sheet, asked of the browser once. */
function face() {
  if (!known) {
    const { fontFamily, fontSize } = getComputedStyle($("#lines"));
    known = { fontFamily, fontSize };
  }
  return known;
}

/** Width of a label in the face of the sheet, so that the text begins behind it. */
function labelWidth(label, bold) {
  const key = `${bold}${label}`;
  if (!widths.has(key)) {
    const { fontFamily, fontSize } = face();
    ruler.font = `${bold ? "700 " : ""}${fontSize} ${fontFamily}`;
    widths.set(key, Math.ceil(ruler.measureText(`${label} `).width * 10) / 10);
  }
  return widths.get(key);
}

export class Sheet {
  constructor(editor) {
    this.editor = editor;
    this.box = $("#lines");
    this.rows = new Map();
    this.composing = null; // the clause where an input method composes: its field is left alone
    this.parts = []; // functions (line, row) of other modules that draw under or beside a row
    editor.focused = (id) => this.field(id) !== null && document.activeElement === this.field(id);
    editor.addEventListener("change", ({ detail }) => this.draw(detail));
    editor.addEventListener("text", ({ detail }) => this.replaceText(detail));
    editor.addEventListener("focus", () => this.markCurrent());
    editor.addEventListener("problem", ({ detail }) => this.drawRow(detail.id));
  }

  /** Letters are wider on a phone: measure the labels anew when the sheet changes its face. */
  watch() {
    matchMedia("(max-width: 767.98px)").addEventListener("change", () => {
      widths.clear();
      known = null;
      this.draw();
    });
  }

  /** First drawing: the server's paragraphs give way to fields. */
  start() {
    this.box.replaceChildren();
    this.box.classList.add("live");
    this.draw({});
    this.watch();
  }

  row(id) {
    return this.rows.get(id);
  }

  field(id) {
    return this.row(id)?.querySelector("textarea") ?? null;
  }

  mirror(id) {
    return this.row(id)?.querySelector(".mirror") ?? null;
  }

  idOf(node) {
    return node?.closest?.(".line")?.dataset.id ?? null;
  }

  /** Bring every row in step; `focus` {id, at} sets the caret afterwards. */
  draw({ focus = null } = {}) {
    const { doc } = this.editor;
    const held = this.hold();
    for (const [id, row] of this.rows) {
      if (!doc.lines.has(id)) {
        row.remove();
        this.rows.delete(id);
      }
    }
    let before = null;
    for (const id of doc.order) {
      const row = this.rows.get(id) ?? this.make(id);
      this.put(row, before);
      before = row;
      this.drawRow(id);
    }
    $("#sheet-empty").hidden = doc.order.length > 0;
    if (focus) this.focus(focus.id, focus.at);
    else this.release(held);
    this.markCurrent();
  }

  put(row, before) {
    const next = before ? before.nextElementSibling : this.box.firstElementChild;
    if (next === row) return;
    if (row.isConnected && this.box.moveBefore) this.box.moveBefore(row, next);
    else this.box.insertBefore(row, next);
  }

  make(id) {
    const row = copyOf("line-template");
    row.dataset.id = id;
    row.id = `c-${id}`;
    $("textarea", row).readOnly = !config.editable;
    this.rows.set(id, row);
    return row;
  }

  drawRow(id) {
    const row = this.rows.get(id);
    const line = this.editor.line(id);
    if (!row || !line) return;
    const bold = line.role === "heading" || (line.role === "meeting" && /^(I[.-]|A\.)$/.test(line.style));
    this.look(row, `line d${Math.min(line.depth, 5)} r-${line.role}${bold ? " bold" : ""}`, id);
    const lab = $(".lab", row);
    if (lab.textContent !== (line.label ?? "")) lab.textContent = line.label ?? "";
    const width = line.label ? `${labelWidth(line.label, bold)}px` : "0px";
    if (row.style.getPropertyValue("--lw") !== width) row.style.setProperty("--lw", width);
    const field = $("textarea", row);
    if (id !== this.composing && field.value !== line.text && clean(field.value) !== clean(line.text)) field.value = line.text;
    const name = t(line.role === "meeting" ? "fieldMeeting" : "field", { path: this.cite(id) });
    if (field.getAttribute("aria-label") !== name) field.setAttribute("aria-label", name);
    this.drawMirror(row, line, field);
    for (const part of this.parts) part(line, row);
  }

  /** The classes of a row, set only where they differ: hundreds of rows are drawn at each change. */
  look(row, base, id) {
    const troubled = this.editor.problems.has(id) ? " troubled" : "";
    const current = this.editor.current === id ? " current" : "";
    const picked = this.editor.selected.has(id) ? " picked" : "";
    const moved = row.classList.contains("moved") ? " moved" : "";
    const wanted = base + troubled + current + picked + moved;
    if (row.className !== wanted) row.className = wanted;
  }

  cite(id) {
    return tree.cite(this.editor.doc, id, [t("bullet"), t("paragraph")]);
  }

  /** The words under the field: they give it its height and carry the marks. */
  drawMirror(row, line, field) {
    const mirror = $(".mirror", row);
    const note = line.note?.inline ? line.note.text : "";
    const key = `${field.value}\u0000${note}`;
    if (mirror.dataset.key === key) return;
    mirror.dataset.key = key;
    mirror.replaceChildren(field.value || "\u200b");
    if (note) mirror.append(" ", el("span", { class: "auto", data: { note: line.id } }, note));
  }

  typed(id) {
    const row = this.row(id);
    this.drawMirror(row, this.editor.line(id), $("textarea", row));
  }

  replaceText({ id, before, after }) {
    const field = this.field(id);
    if (!field || field.value === after || id === this.composing) return;
    const { selectionStart, selectionEnd } = field;
    field.value = after;
    if (document.activeElement === field) {
      field.setSelectionRange(carried(before, after, selectionStart), carried(before, after, selectionEnd));
    }
  }

  hold() {
    const active = document.activeElement;
    if (!this.box.contains(active)) return null;
    const id = this.idOf(active);
    const index = this.editor.doc.order.indexOf(id);
    const order = [...this.rows.keys()];
    const selection = active.tagName === "TEXTAREA" ? [active.selectionStart, active.selectionEnd] : null;
    return { active, id, selection, index: index < 0 ? order.indexOf(id) : index };
  }

  /** Focus stays where it was; where the row is gone, on the nearest one. */
  release(held) {
    if (!held || document.activeElement === held.active) return;
    if (held.active.isConnected) {
      held.active.focus({ preventScroll: true });
      if (held.selection) held.active.setSelectionRange(...held.selection);
      return;
    }
    const { order } = this.editor.doc;
    const near = order[Math.min(Math.max(held.index, 0), order.length - 1)];
    if (near) this.focus(near, 0);
    else $("#sheet-empty button")?.focus();
  }

  focus(id, at = null) {
    const field = this.field(id);
    if (!field) return;
    field.focus({ preventScroll: true });
    if (at !== null) {
      const place = at === "end" ? field.value.length : Math.min(at, field.value.length);
      field.setSelectionRange(place, place);
    }
    this.row(id).scrollIntoView({ block: "nearest" });
  }

  markCurrent() {
    const { current, selected } = this.editor;
    for (const [id, row] of this.rows) {
      row.classList.toggle("current", id === current);
      row.classList.toggle("picked", selected.has(id));
    }
  }

  flash(id) {
    const row = this.row(id);
    if (!row) return;
    row.classList.add("moved");
    setTimeout(() => row.classList.remove("moved"), 700);
  }

  fields() {
    return $$("textarea.words", this.box);
  }
}
