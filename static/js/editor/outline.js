// The outline: a tree of all clauses with what they still lack; selection, folding, filter.

import { shown } from "./marks.js";
import { $, $$, el, icon, t } from "./page.js";
import * as tree from "./tree.js";

/** A meeting is listed by its name; when it is held stands in the sheet. */
function shortened({ text, role, when }) {
  const name = role === "meeting" && when ? text.split(/:\s/)[0] : text;
  return name.length > 12 ? name : text;
}

export class Outline {
  constructor(editor, sheet, actions) {
    Object.assign(this, { editor, sheet, actions });
    this.folded = new Set();
    this.unfolded = new Set();
    this.onlyMissing = false;
    this.people = new Map();
    this.items = new Map();
    this.list = el("ul", { class: "olist", role: "tree", "aria-label": t("outline"), "aria-multiselectable": "true" });
    $("#outline-list").replaceChildren(this.list);
    this.list.addEventListener("click", (event) => this.click(event));
    this.list.addEventListener("keydown", (event) => this.key(event));
    $("#outline-filter").addEventListener("click", () => {
      this.onlyMissing = !this.onlyMissing;
      this.draw();
    });
    for (const name of ["change", "focus", "typed", "problem", "selection"]) editor.addEventListener(name, () => this.later());
    this.draw();
  }

  later() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  isFolded(id, line) {
    if (this.unfolded.has(id)) return false;
    return this.folded.has(id) || line.depth > 0;
  }

  /** The clauses that show, folding and filter considered. */
  visible() {
    const { doc } = this.editor;
    if (this.onlyMissing) {
      const wanted = new Set();
      for (const id of this.missing()) for (let at = id; at; at = tree.parentOf(doc, at)) wanted.add(at);
      return doc.order.filter((id) => wanted.has(id));
    }
    const hidden = new Set();
    return doc.order.filter((id) => {
      const line = tree.get(doc, id);
      const inside = line.parent && (hidden.has(line.parent) || this.isFolded(line.parent, tree.get(doc, line.parent)));
      if (inside) hidden.add(id);
      return !inside;
    });
  }

  all() {
    return tree.meetings(this.editor.doc).flatMap((id) => tree.agenda(this.editor.doc, id));
  }

  missing() {
    return this.all().filter((id) => !this.editor.line(id).bodies.length);
  }

  draw() {
    const { doc } = this.editor;
    const ids = this.visible();
    const held = this.list.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    for (const id of this.items.keys()) if (!doc.lines.has(id)) this.items.delete(id);
    const nodes = ids.map((id) => this.item(id));
    const same = nodes.length === this.list.children.length && nodes.every((node, i) => this.list.children[i] === node);
    if (!same) this.list.replaceChildren(...nodes);
    const stop = (held && ids.includes(held) && held) || (ids.includes(this.editor.current) && this.editor.current) || ids[0];
    for (const id of ids) this.items.get(id).tabIndex = id === stop ? 0 : -1;
    if (held && document.activeElement !== this.items.get(held)) this.items.get(held)?.focus();
    this.counts();
    this.rail();
  }

  item(id) {
    const line = this.editor.line(id);
    const node = this.items.get(id) ?? el("li", { role: "treeitem", data: { id }, draggable: true });
    this.items.set(id, node);
    const kids = tree.children(this.editor.doc, id);
    const folded = kids.length > 0 && this.isFolded(id, line) && !this.onlyMissing;
    const marks = this.marks(line);
    const key = JSON.stringify([line.label, line.text.slice(0, 90), line.depth, kids.length > 0, folded, marks]);
    node.className = `oitem d${Math.min(line.depth, 5)} r-${line.role}`;
    node.setAttribute("aria-level", line.depth + 1);
    node.setAttribute("aria-selected", String(this.editor.selected.has(id)));
    if (id === this.editor.current) node.setAttribute("aria-current", "true");
    else node.removeAttribute("aria-current");
    if (kids.length) node.setAttribute("aria-expanded", String(!folded));
    else node.removeAttribute("aria-expanded");
    if (node.dataset.key !== key) {
      node.dataset.key = key;
      node.replaceChildren(
        el("span", { class: "no" }, line.label ?? ""),
        el("span", { class: line.text ? "x" : "x none" }, shortened(line) || t("emptyClause")),
        el("span", { class: "mk" }, ...marks.map((mark) => this.mark(mark))));
      if (kids.length) node.append(el("span", { class: "fold", "aria-hidden": "true", data: { fold: id } }, icon(folded ? "chevron-right" : "chevron-down")));
    }
    return node;
  }

  /** What a clause still lacks or has, as data: [kind, words, number?]. */
  marks(line) {
    const { doc } = this.editor;
    const found = [];
    const here = this.people.get(line.id);
    if (here) found.push(["person", t("editing", { name: here.name }), here.initials]);
    if (this.editor.problems.has(line.id)) found.push(["late", t("needsChoice")]);
    const findings = line.depth === 0 ? tree.subtree(doc, line.id).flatMap((id) => shown(tree.get(doc, id))) : shown(line);
    if (findings.length) found.push(["finding", t("findingsHere", { n: findings.length }), String(findings.length)]);
    if (line.role === "meeting") {
      const items = tree.agenda(doc, line.id);
      const have = items.filter((id) => tree.get(doc, id).bodies.length).length;
      if (items.length && have < items.length) found.push(["pie", t("agendaHave", { have, all: items.length }), `${have}/${items.length}`, Math.round((100 * have) / items.length)]);
      else if (items.length) found.push(["enough", t("agendaHave", { have, all: items.length })]);
    } else if (tree.get(doc, line.parent)?.role === "meeting" && tree.agenda(doc, line.parent).includes(line.id)) {
      found.push(line.bodies.length ? ["enough", t("enough")] : ["hole", t("noBody")]);
    }
    return found;
  }

  mark([kind, words, text, part]) {
    const said = el("span", { class: "visually-hidden" }, `, ${words}`);
    switch (kind) {
      case "person": return el("span", { class: "ava a2", title: words }, el("span", { "aria-hidden": "true" }, text), said);
      case "late": return el("span", { class: "late", title: words }, icon("alert"), said);
      case "finding": return el("span", { class: "soon", title: words }, icon("warning"), said);
      case "hole": return el("span", { title: words }, icon("circle"), said);
      case "pie": {
        const pie = el("span", { class: "pie" });
        pie.style.setProperty("--p", part);
        return el("span", { class: "mk", title: words }, pie, el("span", { "aria-hidden": "true" }, text), said);
      }
      default: return el("span", { title: words }, icon("check"), said);
    }
  }

  counts() {
    const { doc } = this.editor;
    const parts = tree.children(doc, null).length;
    $("#outline-count").textContent = t("outlineCount", { parts, all: doc.order.length });
    const all = this.all().length;
    const missing = this.missing().length;
    $("#outline-foot").hidden = all === 0;
    $("#outline-done").textContent = t("outlineDone", { have: all - missing, all });
    const bar = $("#outline-bar");
    bar.max = all || 1;
    bar.value = all - missing;
    const filter = $("#outline-filter");
    filter.hidden = missing === 0 && !this.onlyMissing;
    filter.textContent = this.onlyMissing ? t("showAll") : t("showMissing", { n: missing });
    filter.setAttribute("aria-pressed", String(this.onlyMissing));
    if (missing === 0 && this.onlyMissing) {
      this.onlyMissing = false;
      this.later();
    }
  }

  /** The narrow outline: numerals of the parts. */
  rail() {
    const { doc, current } = this.editor;
    const section = current && doc.lines.has(current) ? tree.sectionOf(doc, current) : null;
    const parts = tree.children(doc, null).filter((id) => tree.get(doc, id).label);
    const key = JSON.stringify([parts.map((id) => [id, tree.get(doc, id).label]), section]);
    if (key === this.railKey) return;
    this.railKey = key;
    $("#rail").replaceChildren(
      el("button", { type: "button", "aria-label": t("openOutline"), data: { do: "outline" } }, icon("panel-left")),
      ...parts.map((id) => {
        const line = tree.get(doc, id);
        return el("button", { type: "button", "aria-label": t("goTo", { path: line.label }), "aria-current": id === section ? "true" : undefined,
          onclick: () => this.sheet.focus(id, 0) }, line.label.replace(/[.\-]$/, ""));
      }));
  }

  click(event) {
    const node = event.target.closest(".oitem");
    if (!node) return;
    const { id } = node.dataset;
    if (event.target.closest(".fold")) this.toggle(id);
    else if (event.ctrlKey || event.metaKey) this.select(id, event);
    else if (event.shiftKey) this.range(id);
    else {
      this.editor.selected.clear();
      this.sheet.focus(id, "end");
      this.editor.tell("selection");
      this.editor.tell("conceal");
    }
  }

  toggle(id, open = null) {
    const show = open ?? this.isFolded(id, this.editor.line(id));
    this.folded[show ? "delete" : "add"](id);
    this.unfolded[show ? "add" : "delete"](id);
    this.draw();
  }

  select(id) {
    const { selected, current } = this.editor;
    if (!selected.size && current && current !== id && this.editor.line(current)) selected.add(current);
    if (selected.has(id)) selected.delete(id);
    else selected.add(id);
    this.editor.tell("selection");
    this.sheet.markCurrent();
  }

  range(id) {
    const ids = this.visible();
    const from = ids.indexOf(this.editor.current);
    const to = ids.indexOf(id);
    for (const each of ids.slice(Math.min(from, to), Math.max(from, to) + 1)) this.editor.selected.add(each);
    this.editor.tell("selection");
    this.sheet.markCurrent();
  }

  key(event) {
    const id = event.target.closest(".oitem")?.dataset.id;
    if (!id) return;
    if (this.take(event, id)) event.preventDefault();
  }

  take(event, id) {
    const ids = this.visible();
    const at = ids.indexOf(id);
    const { key, altKey: alt, shiftKey: shift } = event;
    const line = this.editor.line(id);
    const kids = tree.children(this.editor.doc, id);
    if (alt && (key === "ArrowUp" || key === "ArrowDown")) return this.shift(id, key === "ArrowUp" ? "up" : "down");
    if (alt || event.ctrlKey) return false;
    switch (key) {
      case "ArrowDown": return this.step(ids[at + 1], shift);
      case "ArrowUp": return this.step(ids[at - 1], shift);
      case "Home": return this.step(ids[0], false);
      case "End": return this.step(ids.at(-1), false);
      case "ArrowRight":
        if (kids.length && this.isFolded(id, line)) this.toggle(id, true);
        else if (kids.length) this.step(kids[0], false);
        return true;
      case "ArrowLeft":
        if (kids.length && !this.isFolded(id, line)) this.toggle(id, false);
        else this.step(line.parent, false);
        return true;
      case " ": this.select(id); return true;
      case "Enter": this.sheet.focus(id, "end"); return true;
      case "Delete": return this.actions.remove(id);
      case "Escape":
        this.editor.selected.clear();
        this.editor.tell("selection");
        this.sheet.markCurrent();
        return true;
      default: return false;
    }
  }

  shift(id, kind) {
    if (this.editor.perform({ kind, clause: id })) this.sheet.flash(id);
    this.draw();
    this.items.get(id)?.focus();
    return true;
  }

  step(id, extend) {
    const node = id && this.items.get(id);
    if (!node) return true;
    for (const each of $$("[tabindex='0']", this.list)) each.tabIndex = -1;
    node.tabIndex = 0;
    node.focus();
    if (extend) {
      this.editor.selected.add(id);
      this.editor.tell("selection");
      this.sheet.markCurrent();
    }
    return true;
  }
}
