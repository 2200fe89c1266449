// The office's margin beside the sheet: brackets over ranges with the same body, findings, people.

import { $, el, icon, t } from "./page.js";
import { bare } from "./labels.js";
import { shown } from "./marks.js";
import * as tree from "./tree.js";

export class Margin {
  constructor(editor, sheet) {
    Object.assign(this, { editor, sheet });
    this.box = $("#gutter");
    this.people = [];
    editor.addEventListener("people", ({ detail }) => {
      this.people = detail.people;
      this.later();
    });
    editor.addEventListener("change", () => this.later());
    new ResizeObserver(() => this.later()).observe($("#lines"));
  }

  later() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  /** Top and bottom of a row against the gutter. */
  span(id) {
    const row = this.sheet.row(id)?.querySelector(".cell");
    if (!row) return null;
    const base = this.box.getBoundingClientRect().top;
    const { top, bottom } = row.getBoundingClientRect();
    return { top: top - base, bottom: bottom - base };
  }

  draw() {
    if (!this.box.offsetWidth) return;
    this.box.replaceChildren(...this.brackets(), ...this.marks(), ...this.avatars());
  }

  brackets() {
    const { doc } = this.editor;
    return tree.runs(doc).filter((run) => run.ids.length > 1).flatMap(({ bodies, ids }) => {
      const [first, last] = [this.span(ids[0]), this.span(ids.at(-1))];
      if (!first || !last) return [];
      const brace = el("div", { class: "brk" });
      brace.style.setProperty("top", `${first.top + 3}px`);
      brace.style.setProperty("height", `${last.bottom - first.top - 6}px`);
      const range = [ids[0], ids.at(-1)].map((id) => bare(tree.get(doc, id).label)).join("-");
      const lead = bodies.find((b) => b.lead) ?? bodies[0];
      const words = el("div", { class: "g" }, el("b", {}, lead.name), el("span", {}, t("items", { range })),
        bodies.length > 1 ? el("span", {}, t("andOthers", { n: bodies.length - 1 })) : null);
      words.style.setProperty("top", `${(first.top + last.bottom) / 2 - 20}px`);
      words.style.setProperty("left", "22px");
      return [brace, words];
    });
  }

  chip(id, node) {
    const at = this.span(id);
    if (!at) return [];
    const box = el("div", { class: "g" }, node);
    box.style.setProperty("top", `${at.top}px`);
    return [box];
  }

  marks() {
    return this.editor.doc.order.flatMap((id) => {
      const findings = shown(this.editor.line(id));
      if (!findings.length) return [];
      return this.chip(id, el("span", { class: findings.some((f) => f.severity === "error") ? "st st-late" : "st st-soon" }, icon("warning"), t("toLook")));
    });
  }

  avatars() {
    return this.people.filter((p) => p.clause).flatMap((p) =>
      this.chip(p.clause, el("span", { class: "ava a2 tiny", title: p.name }, p.initials)));
  }
}
