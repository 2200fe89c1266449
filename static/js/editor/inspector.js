// The panel at the right: what the current clause is, who prepares it, when a meeting is held.

import { $, $$, config, el, icon, t } from "./page.js";
import { scheduleForm } from "./schedule.js";
import { bodyPicker } from "./suggest.js";
import * as tree from "./tree.js";

export class Inspector {
  constructor(editor, sheet, actions) {
    Object.assign(this, { editor, sheet, actions });
    this.box = $("#panel-1");
    this.tabs = $$("#inspector [role=tab]");
    this.opened = new Map(); // tab number → function that fills it
    editor.addEventListener("focus", () => this.draw());
    editor.addEventListener("selection", () => this.draw());
    editor.addEventListener("change", () => this.draw());
    for (const [n, tab] of this.tabs.entries()) tab.addEventListener("click", () => this.open(n + 1));
    $("#inspector [role=tablist]").addEventListener("keydown", (event) => this.tabKeys(event));
    this.box.addEventListener("keydown", (event) => this.back(event));
    this.draw();
  }

  /** Show a tab; `into` moves the focus to its first control. */
  open(n, { into = false } = {}) {
    for (const [i, tab] of this.tabs.entries()) {
      const on = i + 1 === n;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      $(`#panel-${i + 1}`).hidden = !on;
    }
    this.opened.get(n)?.();
    if (into) this.enter(n);
  }

  get shown() {
    return this.tabs.findIndex((tab) => tab.getAttribute("aria-selected") === "true") + 1;
  }

  enter(n) {
    this.editor.tell("reveal");
    const panel = $(`#panel-${n}`);
    (panel.querySelector("input:checked") ?? panel.querySelector("input, select, textarea, button") ?? panel).focus();
  }

  tabKeys(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const n = ((this.shown - 1 + step + this.tabs.length) % this.tabs.length) + 1;
    this.open(n);
    this.tabs[n - 1].focus();
    event.preventDefault();
  }

  /** Esc goes back to the words. */
  back(event) {
    if (event.key !== "Escape" || !this.editor.current) return;
    event.preventDefault();
    this.sheet.focus(this.editor.current);
  }

  draw() {
    const { current, selected } = this.editor;
    const line = this.editor.line(current);
    const keep = this.box.contains(document.activeElement) ? document.activeElement.dataset.keep : null;
    const words = keep && "value" in document.activeElement ? document.activeElement.value : "";
    const ids = selected.size > 1 ? this.editor.doc.order.filter((id) => selected.has(id)) : line ? [current] : [];
    const key = JSON.stringify([ids, ids.map((id) => this.facts(id)), this.meterKey(line)]);
    if (key === this.key) {
      const title = this.box.querySelector(".ititle h2");
      if (ids.length === 1 && title) title.textContent = line.text || t("emptyClause");
      return;
    }
    this.key = key;
    this.box.replaceChildren(...this.content(ids));
    if (!config.editable) for (const control of $$("input, select, button", this.box)) control.disabled = true;
    if (keep) {
      const field = this.box.querySelector(`[data-keep="${CSS.escape(keep)}"]`);
      field?.focus();
      if (field?.tagName === "INPUT" && field.type === "text" && !field.role) field.value = words;
    }
  }

  /** What the panel shows of a clause beside its words. */
  facts(id) {
    const { bodies, role, style, start, when } = this.editor.line(id);
    return [bodies, role, style, start, when, this.sheet.cite(id)];
  }

  meterKey(line) {
    if (line?.role !== "meeting") return "";
    return tree.agenda(this.editor.doc, line.id).map((id) => this.editor.line(id).bodies.length > 0);
  }

  content(ids) {
    if (!ids.length) return [el("p", { class: "muted small" }, t("nothingCurrent"))];
    if (ids.length > 1) return this.several(ids);
    const line = this.editor.line(ids[0]);
    const parts = [this.title(line)];
    if (line.role === "meeting") parts.push(scheduleForm(this.editor, line), this.agenda(line));
    else if (line.role !== "heading") parts.push(...this.pickers(ids, line.bodies));
    parts.push(el("hr", { class: "hr" }), ...this.kind(line));
    return parts;
  }

  title(line) {
    const item = this.isItem(line);
    const chip = item && (line.bodies.length
      ? el("span", { class: "st st-done ms-auto" }, icon("check"), t("enough"))
      : el("span", { class: "st st-none ms-auto" }, icon("circle"), t("noBody")));
    return el("div", { class: "ititle" },
      el("div", { class: "d-flex align-items-center gap-2 mb-1" },
        el("span", { class: "muted small" }, t("path", { path: this.sheet.cite(line.id) })), chip || null),
      el("h2", {}, line.text || t("emptyClause")));
  }

  isItem(line) {
    const up = this.editor.line(line.parent);
    return up?.role === "meeting" && tree.agenda(this.editor.doc, up.id).includes(line.id);
  }

  several(ids) {
    const bodies = this.editor.line(ids[0]).bodies;
    const same = ids.every((id) => JSON.stringify(this.editor.line(id).bodies) === JSON.stringify(bodies));
    return [
      el("div", { class: "ititle" }, el("h2", {}, t("severalChosen", { n: ids.length })),
        el("p", { class: "muted small" }, ids.map((id) => this.sheet.cite(id)).join(", "))),
      ...this.pickers(ids, same ? bodies : [], same ? null : t("differ")),
      el("button", { type: "button", class: "btn btn-plain btn-sm", onclick: () => this.unselect() }, t("unselect")),
    ];
  }

  unselect() {
    this.editor.selected.clear();
    this.editor.tell("selection");
    this.sheet.markCurrent();
  }

  pickers(ids, bodies, hint = null) {
    const lead = bodies.filter((body) => body.lead);
    const others = bodies.filter((body) => !body.lead);
    const set = (leads, rest) => this.actions.bodies(ids, [
      ...leads.map((body) => ({ ...body, lead: true })), ...rest.map((body) => ({ ...body, lead: false })),
    ]);
    return [
      bodyPicker({ key: "lead", label: t("lead"), values: lead, single: true, hint, changed: (v) => set(v, others) }),
      bodyPicker({ key: "coordinate", label: t("coordinate"), values: others, single: false, changed: (v) => set(lead, v) }),
    ];
  }

  agenda(line) {
    const items = tree.agenda(this.editor.doc, line.id);
    const have = items.filter((id) => this.editor.line(id).bodies.length).length;
    if (!items.length) return el("p", { class: "muted small" }, t("noAgenda"));
    return el("div", { class: "fld" }, el("div", { class: "form-label" }, t("agendaTitle")),
      el("div", { class: "d-flex flex-wrap align-items-center gap-2" },
        el("span", { class: "meter", "aria-hidden": "true" }, ...items.map((id) => el("i", { class: this.editor.line(id).bodies.length ? "y" : "" }))),
        el("span", { class: "small" }, t("agendaHave", { have, all: items.length }))));
  }

  /** Kind, label style and starting number: the menu equivalents of the keys. */
  kind(line) {
    const role = this.select("role", t("role"), [
      ["heading", t("roleHeading")], ["paragraph", t("roleParagraph")], ["meeting", t("roleMeeting")],
    ], line.role, (value) => this.actions.role(line.id, value));
    const style = this.select("style", t("style"), STYLES.map(([value, words]) => [value, words || t("noLabel")]),
      line.style, (value) => this.actions.style(line.id, value));
    const start = el("input", { type: "number", min: 1, max: 999, id: "insp-start", class: "form-control", value: line.start ?? "", placeholder: t("goesOn"), data: { keep: "start" } });
    start.addEventListener("change", () => this.actions.start(line.id, start.value ? Number(start.value) : null));
    return [el("h3", { class: "mb-2" }, t("kindTitle")), el("div", { class: "fgrid" }, role, style,
      el("div", { class: "fld" }, el("label", { class: "form-label", htmlFor: "insp-start" }, t("startAt")), start))];
  }

  select(key, label, options, value, changed) {
    const id = `insp-${key}`;
    const box = el("select", { id, class: "form-select", data: { keep: key } },
      ...options.map(([code, words]) => el("option", { value: code, selected: code === value }, words)));
    box.addEventListener("change", () => changed(box.value));
    return el("div", { class: "fld" }, el("label", { class: "form-label", htmlFor: id }, label), box);
  }
}

export const STYLES = [
  ["I.", "I. II. III."], ["I-", "I- II- III-"], ["A.", "A. B. C."], ["1.", "1. 2. 3."], ["1.1.", "1.1. 1.2."],
  ["(1).", "(1). (2)."], ["(1)", "(1) (2)"], ["1)", "1) 2)"], ["a)", "a) b) c)"], ["-", "-"], ["+", "+"], ["", ""],
];
