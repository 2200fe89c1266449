// "Minh Tuấn đang sửa" at the clause where somebody else writes.

import { el, t } from "./page.js";

export function wireWho(editor, sheet) {
  let here = new Map();
  editor.addEventListener("people", ({ detail }) => {
    const before = here;
    here = new Map(detail.people.filter((p) => p.clause).map((p) => [p.clause, p.name]));
    for (const id of new Set([...before.keys(), ...here.keys()])) if (editor.line(id)) sheet.drawRow(id);
  });
  sheet.parts.push((line, row) => {
    const name = here.get(line.id) ?? "";
    const old = row.querySelector(".who");
    if ((old?.dataset.name ?? "") === name) return;
    old?.remove();
    if (name) row.append(el("span", { class: "who", data: { name } }, t("editing", { name })));
  });
}
