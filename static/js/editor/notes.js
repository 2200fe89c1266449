// Lines that the system writes: the preparing note under a range, and the hole where one is missing.

import { $, config, el, icon, t } from "./page.js";
import * as tree from "./tree.js";

/** A part of the sheet: draws under each row what is computed for it. */
export function notesPart(editor, open) {
  return (line, row) => {
    const box = $(".after", row);
    const note = line.note && !line.note.inline ? line.note.text : "";
    const hole = config.editable && !line.bodies.length && lacks(editor, line);
    const key = `${note}|${hole}`;
    if (box.dataset.notes === key) return;
    box.dataset.notes = key;
    box.querySelectorAll(".auto-line, .hole").forEach((node) => node.remove());
    if (note) {
      box.prepend(el("div", { class: "auto-line" },
        el("button", { type: "button", title: t("derivedTitle"), onclick: () => open(line.id) }, note),
        el("small", {}, icon("refresh"), t("derived"))));
    } else if (hole) {
      box.prepend(el("button", { type: "button", class: "st st-none hole", onclick: () => open(line.id) }, icon("plus"), t("pickPreparing")));
    }
  };
}

/** An agenda item without a body, in a meeting where others have one or at the current clause. */
function lacks(editor, line) {
  const up = editor.line(line.parent);
  if (up?.role !== "meeting") return false;
  const items = tree.agenda(editor.doc, up.id);
  return items.includes(line.id) && items.some((id) => editor.line(id).bodies.length > 0);
}

/** Clicks on a note inside the words lead to the assignment, too. */
export function wireInlineNotes(sheet, open) {
  sheet.box.addEventListener("click", (event) => {
    const note = event.target.closest("[data-note]");
    if (note) open(note.dataset.note);
  });
}

/** A part of the sheet: a table stands under its clause as it prints; it is changed by its file. */
export function tablePart(line, row) {
  const box = $(".after", row);
  const key = line.table ? JSON.stringify(line.table) : "";
  if ((box.dataset.table ?? "") === key) return;
  box.dataset.table = key;
  box.querySelector(".tbl")?.remove();
  if (!line.table) return;
  const { rows, header_rows: heads = 1 } = line.table;
  const tr = (cells, tag) => el("tr", {}, ...cells.map((cell) => el(tag, tag === "th" ? { scope: "col" } : {}, cell)));
  box.append(el("div", { class: "tbl", tabIndex: 0, role: "region", "aria-label": t("tableHere") }, el("table", {},
    el("thead", {}, ...rows.slice(0, heads).map((cells) => tr(cells, "th"))),
    el("tbody", {}, ...rows.slice(heads).map((cells) => tr(cells, "td"))))));
}
