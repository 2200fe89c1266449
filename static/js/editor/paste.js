// Pasting several lines: the server's reader proposes clauses at the caret; nothing changes before a
// person takes them, and then as one step.

import { ask } from "./api.js";
import { apply } from "./apply.js";
import { $, config, el, icon, say, t } from "./page.js";
import { clean, oneLine, uuid } from "./text.js";
import * as tree from "./tree.js";
import { pasted } from "./wordhtml.js";

const parse = (html) => new DOMParser().parseFromString(html, "text/html");

export class Paste {
  constructor(editor, sheet, keys) {
    Object.assign(this, { editor, sheet });
    this.panel = null;
    sheet.box.addEventListener("paste", (event) => this.pasted(event));
    $("#sheet-empty").addEventListener("paste", (event) => this.pasted(event));
    document.addEventListener("paste", (event) => {
      if (event.target === document.body || event.target.id === "canvas") this.pasted(event);
    });
    keys.before.push((event) => this.key(event));
    editor.addEventListener("change", () => this.panel && !this.panel.isConnected && this.close());
  }

  key(event) {
    if (!this.panel) return false;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.take();
    else if (event.key === "Escape") this.close();
    else return false;
    return true;
  }

  pasted(event) {
    if (!config.editable) return;
    const data = event.clipboardData;
    const text = pasted(data.getData("text/plain"), data.getData("text/html"), parse);
    const lines = text.split("\n").filter((line) => line.trim());
    const field = event.target.matches?.("textarea.words") ? event.target : null;
    if (lines.length < 2 && field) {
      if (/[\r\n]/.test(data.getData("text/plain"))) {
        event.preventDefault();
        this.asOne(field, text);
      }
      return;
    }
    if (!lines.length) return;
    event.preventDefault();
    this.propose(field, text);
  }

  /** Everything as words of this clause. */
  asOne(field, text) {
    field.setRangeText(clean(oneLine(text)), field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  async propose(field, text) {
    this.close();
    const id = field ? this.sheet.idOf(field) : this.editor.current ?? this.editor.doc.order.at(-1) ?? null;
    this.text = text;
    this.field = field;
    this.id = id;
    say(t("pasteReading"));
    const answer = await ask(config.urls.propose, { text });
    if (answer.is !== "ok") {
      say(answer.data.error ?? t(answer.is === "session" ? "session" : "pasteFailed"), { error: true });
      if (answer.is !== "refused" && field) this.asOne(field, text);
      return;
    }
    this.clauses = answer.data.clauses ?? [];
    this.show(answer.data.warnings ?? []);
  }

  /** Where the proposal goes: behind the nearest clause of the same label style, else under a heading. */
  place() {
    const { doc } = this.editor;
    if (!this.id || !doc.lines.has(this.id)) return { parent: null };
    const first = this.clauses[0]?.style ?? "";
    for (let at = this.id; at; at = tree.parentOf(doc, at)) {
      if (tree.get(doc, at).style === first) return { after: at };
    }
    const kid = tree.children(doc, this.id).findLast((each) => tree.get(doc, each).style === first);
    if (kid) return { after: kid };
    const line = tree.get(doc, this.id);
    if (line.role !== "paragraph") {
      const last = tree.children(doc, this.id).at(-1);
      return last ? { after: last } : { parent: this.id };
    }
    return { after: this.id };
  }

  /** Labels as they will be: the operation done to a copy of the document. */
  labels(op) {
    const copy = { ...this.editor.doc, lines: new Map([...this.editor.doc.lines].map(([id, l]) => [id, { ...l }])), order: [...this.editor.doc.order] };
    apply(copy, op);
    return copy;
  }

  show(warnings) {
    const op = { kind: "paste", ...this.place(), clauses: this.clauses, origin: "pasted" };
    const after = this.labels(op);
    const rows = [];
    const walk = (row, depth) => row.forEach((clause) => {
      const line = after.lines.get(clause.id);
      rows.push(el("li", { class: `pd${Math.min(depth, 4)}${line?.role !== "paragraph" && depth === 0 ? " semi" : ""}` },
        el("span", { class: "no" }, line?.label ?? ""), el("span", {}, clause.text,
          clause.bodies?.length ? el("span", { class: "body-chip" }, clause.bodies.map((b) => b.name).join(", ")) : null)));
      walk(clause.children ?? [], depth + 1);
    });
    walk(this.clauses, 0);
    this.panel = el("div", { class: "proposal note", role: "group", "aria-label": t("pasteTitle", { n: rows.length }), tabIndex: -1 }, icon("paste"),
      el("div", {}, el("p", {}, el("b", {}, t("pasteTitle", { n: rows.length }))),
        ...warnings.slice(0, 6).map((words) => el("p", { class: "soon small" }, icon("warning"), " ", words)),
        el("ol", { class: "ptree", tabIndex: 0, "aria-label": t("pasteTree") }, ...rows),
        el("div", { class: "acts" },
          el("button", { type: "button", class: "btn btn-soft btn-sm", onclick: () => this.take() }, t("pasteTake"), el("kbd", {}, "Ctrl Enter")),
          this.field ? el("button", { type: "button", class: "btn btn-outline-secondary btn-sm", onclick: () => this.one() }, t("pasteOne")) : null,
          el("button", { type: "button", class: "btn btn-plain btn-sm", onclick: () => this.close() }, t("pasteDrop"), el("kbd", {}, "Esc")))));
    this.panel.addEventListener("keydown", (event) => this.key(event) && event.preventDefault());
    this.op = op;
    const home = this.id && this.sheet.row(this.id);
    if (home) $(".after", home).append(this.panel);
    else $("#sheet-empty").append(this.panel);
    this.panel.scrollIntoView({ block: "nearest" });
    if (!this.field) this.panel.focus();
    say(t("pasteTitle", { n: rows.length }), { quiet: true });
  }

  /** One operation, one undo. An empty clause that received the paste gives way first. */
  take() {
    const { op, id } = this;
    const { doc } = this.editor;
    const empty = id && doc.lines.has(id) && !clean(this.editor.line(id).text) && !tree.children(doc, id).length;
    this.close(false);
    let place = { after: op.after, parent: op.parent };
    if (empty && op.parent !== id) {
      const before = tree.neighbour(doc, id, -1);
      if (op.after === id) place = before ? { after: before } : { parent: tree.parentOf(doc, id) };
      this.editor.perform({ kind: "remove", clause: id });
    }
    const last = op.clauses.at(-1);
    const final = (clause) => (clause.children?.length ? final(clause.children.at(-1)) : clause.id);
    this.editor.perform({ op: uuid(), kind: "paste", ...place, clauses: op.clauses, origin: "pasted" }, { id: final(last), at: "end" });
  }

  one() {
    const { field, text } = this;
    this.close(false);
    field.focus();
    this.asOne(field, text);
  }

  close(back = true) {
    const had = this.panel?.contains(document.activeElement);
    this.panel?.remove();
    this.panel = null;
    if (back && had) this.field?.focus();
  }
}
