// What needs a look: findings of the server's checks and holes, as cards; F8 goes from one to the next.
// The whole paper's findings follow below them (proofread.js).

import { $, el, icon, t } from "./page.js";
import { diff } from "./diff.js";
import { proposed, shown } from "./marks.js";
import * as tree from "./tree.js";

export class Findings {
  constructor(editor, sheet) {
    Object.assign(this, { editor, sheet });
    this.box = el("div", { tabIndex: -1 });
    $("#panel-2").append(this.box);
    this.whole = 0; // findings of the whole paper, as last heard
    this.ignored = new Set();
    for (const name of ["change", "problem"]) editor.addEventListener(name, () => this.later());
    this.draw();
  }

  later() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  /** Everything found, in reading order: {id, finding}. */
  all() {
    const { doc } = this.editor;
    const found = [];
    for (const id of doc.order) {
      const line = tree.get(doc, id);
      if (this.editor.problems.has(id)) found.push({ id, finding: { code: "choose", message: t("needsChoice"), severity: "error" } });
      for (const finding of shown(line)) found.push({ id, finding });
      if (!line.text.trim() && !line.table) found.push({ id, finding: { code: "empty", message: t("findEmpty"), severity: "warn" } });
      if (line.role === "meeting" && line.depth === 0 && !line.when && !this.datedBelow(id)) {
        found.push({ id, finding: { code: "when", message: t("findWhen"), severity: "warn" } });
      }
      const up = line.parent && tree.get(doc, line.parent);
      if (up?.role === "meeting" && !line.bodies.length && tree.agenda(doc, up.id).includes(id)) {
        found.push({ id, finding: { code: "body", message: t("findBody"), severity: "warn" } });
      }
    }
    return found.filter(({ id, finding }) => !this.ignored.has(`${id} ${finding.code}`));
  }

  datedBelow(id) {
    return tree.subtree(this.editor.doc, id).some((each) => each !== id && tree.get(this.editor.doc, each).when);
  }

  draw() {
    const found = this.all();
    const count = $("#finding-count");
    count.hidden = !(found.length + this.whole);
    count.textContent = found.length + this.whole;
    const key = JSON.stringify(found.map(({ id, finding }) => [id, this.sheet.cite(id), finding]));
    if (key === this.key) return;
    this.key = key;
    const held = this.box.contains(document.activeElement);
    this.box.replaceChildren(...found.map((each, n) => this.card(each, n, found.length)));
    if (held) this.box.focus();
  }

  card({ id, finding }, n, all) {
    const line = this.editor.line(id);
    const serious = finding.severity === "error";
    const text = proposed(line.text, finding);
    const change = text ? el("p", { class: "q" }, ...diff(line.text, text).map((p) =>
      p.kind === "same" ? p.text : el(p.kind === "left" ? "del" : "ins", {}, p.text))) : null;
    return el("article", { class: "find", "aria-label": t("findingAt", { path: this.sheet.cite(id) }) },
      el("div", { class: "hd" }, el("span", { class: serious ? "st st-late" : "st st-soon" }, icon(serious ? "alert" : "warning"), t(serious ? "mustFix" : "toLook")),
        el("button", { type: "button", class: "linkbtn", onclick: () => this.go(id) }, t("path", { path: this.sheet.cite(id) })),
        el("span", { class: "ms-auto" }, `${n + 1}/${all}`)),
      el("div", { class: "bd" }, el("p", {}, finding.message), change,
        el("div", { class: "ac" },
          change ? el("button", { type: "button", class: "btn btn-soft btn-sm", onclick: () => this.accept(id, text) }, icon("check"), t("acceptFix")) : null,
          finding.code === "body" || finding.code === "when"
            ? el("button", { type: "button", class: "btn btn-soft btn-sm", onclick: () => this.editor.tell("assign", { id }) }, t(finding.code === "body" ? "pickPreparing" : "setWhen")) : null,
          finding.code === "meeting.unmarked"
            ? el("button", { type: "button", class: "btn btn-soft btn-sm", onclick: () => this.meeting(id) }, icon("calendar"), t("makeMeeting")) : null,
          serious ? null : el("button", { type: "button", class: "btn btn-plain btn-sm", onclick: () => this.ignore(id, finding) }, t("leaveAsIs")))));
  }

  go(id) {
    this.sheet.focus(id, 0);
  }

  accept(id, text) {
    this.editor.typed(id, text);
    this.sheet.field(id).value = text;
    this.sheet.typed(id);
    this.editor.flush(id);
    this.sheet.focus(id, "end");
  }

  /** The heading becomes a meeting; its items may have preparing bodies from now on. */
  meeting(id) {
    this.editor.perform({ kind: "role", clause: id, role: "meeting" });
    this.sheet.focus(id, "end");
  }

  ignore(id, finding) {
    this.ignored.add(`${id} ${finding.code}`);
    this.draw();
  }

  /** F8: the next clause with something to look at, round and round. */
  next() {
    const ids = [...new Set(this.all().map(({ id }) => id))];
    if (!ids.length) return false;
    const { order } = this.editor.doc;
    const here = order.indexOf(this.editor.current);
    const next = ids.find((id) => order.indexOf(id) > here) ?? ids[0];
    this.go(next);
    return true;
  }
}
