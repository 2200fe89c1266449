// Two texts for one clause, or words for a clause that is gone: shown at their place until a person
// has chosen. Nothing is thrown away by itself.

import { diff, together } from "./diff.js";
import { $, config, el, icon, say, t } from "./page.js";
import { clean, uuid } from "./text.js";

/** A part of the sheet: the panel under a clause whose words met others. */
export function conflictPart(editor, sheet) {
  return (line, row) => {
    const found = editor.problems.get(line.id);
    const box = $(".after", row);
    const old = box.querySelector(".problem");
    const key = found ? JSON.stringify([found.why, found.mine, found.theirs, found.error]) : "";
    if ((old?.dataset.key ?? "") === key) return;
    old?.remove();
    if (!found) return;
    const panel = found.why === "conflict" ? conflictPanel(editor, sheet, line, found) : refusedPanel(editor, line, found);
    panel.dataset.key = key;
    box.append(panel);
  };
}

function conflictPanel(editor, sheet, line, found) {
  const take = (text, version) => {
    editor.queue.learn({ ...found.line, id: line.id });
    editor.settled.set(line.id, found.theirs);
    const field = sheet.field(line.id);
    editor.typed(line.id, text);
    field.value = text;
    editor.solved(line.id);
    if (version) editor.flush(line.id);
    sheet.focus(line.id, "end");
    say(t("conflictDone", { path: sheet.cite(line.id) }));
  };
  const pieces = diff(found.theirs, found.mine);
  const side = (title, skip) => el("div", { class: "side" }, el("b", {}, title),
    el("p", { class: "q" }, ...pieces.filter((p) => p.kind !== skip).map((p) =>
      p.kind === "same" ? p.text : el("ins", {}, p.text))));
  const merge = el("textarea", { class: "form-control merge", rows: 3, value: together(found.mine, found.theirs), "aria-label": t("mergeField") });
  const mergeBox = el("div", { class: "mergebox", hidden: true }, merge,
    el("button", { type: "button", class: "btn btn-ink btn-sm", onclick: () => take(clean(merge.value), true) }, t("saveMerged")));
  return el("div", { class: "problem note soon", role: "group", "aria-label": t("conflictTitle") }, icon("warning"),
    el("div", {}, el("p", {}, el("b", {}, t("conflictTitle"))),
      el("div", { class: "sides" }, side(t("mine"), "left"), side(t("theirs"), "right")),
      el("div", { class: "acts" },
        el("button", { type: "button", class: "btn btn-soft btn-sm", onclick: () => take(found.mine, true) }, t("keepMine")),
        el("button", { type: "button", class: "btn btn-outline-secondary btn-sm", onclick: () => take(found.theirs, false) }, t("takeTheirs")),
        el("button", { type: "button", class: "btn btn-outline-secondary btn-sm", onclick: () => {
          mergeBox.hidden = false;
          merge.focus();
        } }, t("mergeBoth"))), mergeBox));
}

/** The server refused the words (too long, for example): the sentence, and the words stay typed. */
function refusedPanel(editor, line, found) {
  return el("div", { class: "problem note late", role: "alert" }, icon("alert"),
    el("div", {}, el("p", {}, found.error ?? t("refused")),
      el("div", { class: "acts" }, el("button", { type: "button", class: "btn btn-outline-secondary btn-sm", onclick: () => {
        editor.problems.delete(line.id);
        editor.settled.set(line.id, "");
        editor.solved(line.id);
        editor.flush(line.id);
      } }, t("retry")))));
}

/** Above the sheet: words of clauses that somebody removed meanwhile, to copy or to put back. */
export class Lost {
  constructor(editor, actions) {
    Object.assign(this, { editor, actions });
    this.box = $("#notices");
    for (const name of ["problem", "change"]) editor.addEventListener(name, () => this.draw());
    this.draw();
  }

  draw() {
    const gone = [...this.editor.problems].filter(([id]) => !this.editor.line(id));
    const key = JSON.stringify(gone.map(([id, { mine }]) => [id, mine]));
    if (key === this.key) return;
    this.key = key;
    this.box.replaceChildren(...gone.map(([id, found]) => this.panel(id, found)));
  }

  panel(id, found) {
    return el("div", { class: "note soon lost", role: "alert" }, icon("warning"),
      el("div", {}, el("p", {}, el("b", {}, t(found.why === "closed" ? "closedTitle" : "goneTitle"))), el("p", { class: "q" }, found.mine),
        el("div", { class: "acts" },
          config.editable ? el("button", { type: "button", class: "btn btn-soft btn-sm", onclick: () => this.putBack(id, found.mine) }, t("addAsNew")) : null,
          el("button", { type: "button", class: "btn btn-outline-secondary btn-sm", onclick: () => this.copy(found.mine) }, icon("copy"), t("copyText")),
          el("button", { type: "button", class: "btn btn-plain btn-sm", onclick: () => this.editor.solved(id) }, t("dropText")))));
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      say(t("copied"));
    } catch {
      say(t("copyByHand"), { error: true });
    }
  }

  putBack(id, text) {
    const after = this.editor.line(this.editor.current) ? this.editor.current : this.editor.doc.order.at(-1);
    const fresh = uuid();
    const op = { kind: "insert", id: fresh, text: clean(text), ...(after ? { after } : { parent: null }) };
    if (this.editor.perform(op, { id: fresh, at: "end" })) this.editor.solved(id);
  }
}
