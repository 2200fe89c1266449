// Drawers of narrow screens: the inspector (Alt+I) and the outline behind its numeral rail.

import { $ } from "./page.js";

export class Layout {
  constructor(editor) {
    this.editor = editor;
    this.work = $("main.work");
    editor.addEventListener("reveal", () => this.narrow() && this.inspector(true));
    editor.addEventListener("conceal", () => this.outline(false));
    editor.addEventListener("layout", () => {
      this.inspector(false);
      this.outline(false);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      if (this.work.classList.contains("with-inspector")) this.inspector(false, true);
      else if (this.work.classList.contains("with-outline")) this.outline(false);
    });
  }

  /** Is the inspector a drawer now? */
  narrow() {
    return matchMedia("(max-width: 1199.98px)").matches || this.work.classList.contains("split");
  }

  inspector(open = !this.work.classList.contains("with-inspector"), back = false) {
    this.work.classList.toggle("with-inspector", open && this.narrow());
    for (const button of document.querySelectorAll("[aria-controls=inspector][aria-expanded]")) button.setAttribute("aria-expanded", String(open));
    if (!open && back && this.editor.current) document.getElementById(`c-${this.editor.current}`)?.querySelector("textarea")?.focus();
  }

  outline(open = !this.work.classList.contains("with-outline")) {
    this.work.classList.toggle("with-outline", open);
    if (open) $("#outline-list [tabindex='0']")?.focus();
  }

  /** Where writing begins: the clause of the address, else the first one that is empty. */
  first(sheet) {
    const { doc } = this.editor;
    const asked = location.hash.startsWith("#c-") ? location.hash.slice(3) : null;
    const id = asked && doc.lines.has(asked) ? asked : doc.order.length === 1 && !doc.lines.get(doc.order[0]).text ? doc.order[0] : null;
    if (id) sheet.focus(id, 0);
    else if (doc.order.length) this.editor.setCurrent(doc.order[0]);
  }
}
