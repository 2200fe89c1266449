// The tool bar above the sheet, every element with data-do, and the keys that work everywhere.

import { openKeys } from "./dialogs.js";
import { $, config, say, t } from "./page.js";

export function wireTools({ editor, sheet, actions, outline, inspector, findings, menu, preview, layout }) {
  const current = () => (editor.line(editor.current) ? editor.current : editor.doc.order.at(-1) ?? null);
  const on = (act) => () => current() && act(current());
  const doing = {
    first: () => actions.section(),
    section: () => actions.section(),
    add: () => actions.after(current()),
    meeting: on((id) => actions.toggleMeeting(id)),
    undo: () => editor.ask("undo"),
    redo: () => editor.ask("redo"),
    indent: on((id) => actions.indent(id)),
    outdent: on((id) => actions.outdent(id)),
    up: on((id) => actions.shift(id, "up")),
    down: on((id) => actions.shift(id, "down")),
    menu: (button) => current() && menu.open(current(), button),
    help: openKeys,
    inspector: () => layout.inspector(),
    outline: () => layout.outline(),
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    if (!config.editable && !["help", "inspector", "outline"].includes(button.dataset.do)) return;
    doing[button.dataset.do]?.(button);
  });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    if (anywhere(event)) event.preventDefault();
  });

  /** Keys that work in and outside the fields. */
  function anywhere(event) {
    const { key, altKey: alt, shiftKey: shift } = event;
    const ctrl = event.ctrlKey || event.metaKey;
    const inField = event.target.matches?.("input, textarea, select");
    if (ctrl && !alt && key === "/") return openKeys() ?? true;
    if (!inField && !ctrl && !alt && key === "?") return openKeys() ?? true;
    if (key === "F8" && !ctrl && !alt) {
      if (!findings.next()) say(t("nothingFound"));
      return true;
    }
    if (ctrl && !alt && !inField && config.editable) {
      if (key.toLowerCase() === "z") return editor.ask(shift ? "redo" : "undo") ?? true;
      if (key.toLowerCase() === "y") return editor.ask("redo") ?? true;
    }
    if (!alt || ctrl || shift) return false;
    if (/^[123]$/.test(key) || /^Digit[123]$/.test(event.code)) {
      inspector.open(Number(event.code.slice(-1)) || Number(key), { into: true });
      return true;
    }
    return letter(event.code);
  }

  function letter(code) {
    switch (code) {
      case "KeyP": preview.toggle(); return true;
      case "KeyI": layout.inspector(); return true;
      case "KeyH":
        if (config.editable) doing.meeting();
        return true;
      case "Digit0":
        if (matchMedia("(max-width: 1199.98px)").matches) layout.outline(true);
        else outline.list.querySelector("[tabindex='0']")?.focus();
        return true;
      default: return false;
    }
  }

  const describe = () => {
    menu.describe();
    const line = editor.line(editor.current);
    $("[data-do=meeting]").setAttribute("aria-pressed", String(line?.role === "meeting"));
  };
  editor.addEventListener("focus", describe);
  editor.addEventListener("change", describe);
  if (!config.editable) {
    for (const button of document.querySelectorAll("#tools [data-do]:not([data-do=help])")) button.disabled = true;
  }
}
