// The menu of a clause: everything that keys do, by mouse; label style, kind, moves, removal.

import { $, config, el, icon, t } from "./page.js";
import { STYLES } from "./inspector.js";

export class RowMenu {
  constructor(editor, sheet, actions) {
    Object.assign(this, { editor, sheet, actions });
    this.box = el("div", { class: "rowmenu", role: "menu", "aria-label": t("rowMenu"), hidden: true });
    $("#noi-dung").append(this.box);
    this.box.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("pointerdown", (event) => {
      if (!this.box.hidden && !this.box.contains(event.target)) this.close(false);
    });
  }

  open(id, anchor) {
    const line = this.editor.line(id);
    if (!line || !config.editable) return;
    this.anchor = anchor;
    this.id = id;
    this.editor.setCurrent(id);
    this.box.replaceChildren(
      ...STYLES.filter(([value]) => value !== "1)" && value !== "(1)").map(([value, words]) => this.choice(words || t("noLabel"), value === line.style, () => this.actions.style(id, value))),
      el("hr"),
      this.choice(t("roleHeading"), line.role === "heading", () => this.actions.role(id, "heading")),
      this.choice(t("roleParagraph"), line.role === "paragraph", () => this.actions.role(id, "paragraph")),
      this.choice(t("roleMeeting"), line.role === "meeting", () => this.actions.role(id, "meeting")),
      el("hr"),
      this.entry("plus", t("addBelow"), "Enter", () => this.actions.after(id)),
      this.entry("arrow-up", t("moveUp"), "Alt ↑", () => this.actions.shift(id, "up")),
      this.entry("arrow-down", t("moveDown"), "Alt ↓", () => this.actions.shift(id, "down")),
      this.entry("outdent", t("levelUp"), "Shift Tab", () => this.actions.outdent(id)),
      this.entry("indent", t("levelDown"), "Tab", () => this.actions.indent(id)),
      this.entry("people", t("setBodies"), "Alt 1", () => this.editor.tell("assign", { id })),
      el("hr"),
      this.entry("trash", t("removeClause"), "", () => this.actions.remove(id), "late"),
    );
    this.box.hidden = false;
    const { left, bottom, top } = anchor.getBoundingClientRect();
    const { width, height } = this.box.getBoundingClientRect();
    const y = bottom + height + 8 > innerHeight ? Math.max(8, Math.min(top - height - 4, innerHeight - height - 8)) : bottom + 4;
    this.box.style.setProperty("left", `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`);
    this.box.style.setProperty("top", `${y}px`);
    anchor.setAttribute?.("aria-expanded", "true");
    (this.box.querySelector("[aria-checked=true]") ?? this.box.firstElementChild).focus();
  }

  choice(words, checked, act) {
    return el("button", { type: "button", role: "menuitemradio", "aria-checked": String(checked), tabIndex: -1, onclick: () => this.do(act) },
      checked ? icon("check") : el("span", { class: "ico" }), words);
  }

  entry(sign, words, keys, act, look = "") {
    return el("button", { type: "button", role: "menuitem", class: look, tabIndex: -1, onclick: () => this.do(act) },
      icon(sign), words, keys ? el("kbd", { "aria-hidden": "true" }, keys) : null);
  }

  do(act) {
    const { id } = this;
    this.close(false);
    this.sheet.focus(id);
    act();
  }

  close(back = true) {
    this.box.hidden = true;
    this.anchor?.setAttribute?.("aria-expanded", "false");
    if (this.anchor?.classList?.contains("grip")) this.anchor.removeAttribute("aria-expanded");
    if (back && this.id) this.sheet.focus(this.id);
  }

  key(event) {
    const all = [...this.box.querySelectorAll("button")];
    const at = all.indexOf(document.activeElement);
    const go = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (go !== undefined) all[(go + all.length) % all.length].focus();
    else if (event.key === "Escape" || event.key === "Tab") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** What the button above the sheet says: the styles on the way to the current clause. */
  describe() {
    const styles = [];
    for (let line = this.editor.line(this.editor.current); line; line = this.editor.line(line.parent)) if (line.style) styles.unshift(line.style);
    $("#style-words").textContent = styles.length ? t("styleWords", { styles: styles.join(" › ") }) : t("styleNone");
  }
}
