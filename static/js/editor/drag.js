// Moving clauses with the mouse: by the grip in the sheet, by the row in the outline. Keys and menu
// do the same.

import { $, $$ } from "./page.js";
import * as tree from "./tree.js";

const TYPE = "application/x-clause";

export function wireDrag({ editor, sheet, outline, actions, menu }) {
  let held = null;
  const clear = () => {
    for (const node of $$(".dropping, .dropping-in, .dropping-after")) node.classList.remove("dropping", "dropping-in", "dropping-after");
  };

  function begin(event) {
    const grip = event.target.closest?.(".grip");
    const item = event.target.closest?.(".oitem");
    held = grip ? sheet.idOf(grip) : item?.dataset.id ?? null;
    if (!held) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData(TYPE, held);
    if (grip) event.dataTransfer.setDragImage(sheet.row(held), 24, 12);
  }

  /** Where a drop on this node would put the clause: {parent, after, node, look}. */
  function target(event) {
    const node = event.target.closest?.(".line, .oitem");
    const id = node?.dataset.id;
    if (!held || !id || !editor.line(id) || tree.isInside(editor.doc, id, held)) return null;
    const { top, height } = node.getBoundingClientRect();
    const part = (event.clientY - top) / height;
    const { doc } = editor;
    const kids = tree.children(doc, id);
    if (part > 0.5 && kids.length && !tree.isInside(doc, held, id)) return { parent: id, after: null, node, look: "dropping-after" };
    if (part > 0.5) return { parent: tree.parentOf(doc, id), after: id, node, look: "dropping-after" };
    const before = tree.neighbour(doc, id, -1);
    if (before === held) return null;
    return { parent: tree.parentOf(doc, id), after: before, node, look: "dropping" };
  }

  function over(event) {
    clear();
    const to = target(event);
    if (!to) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    to.node.classList.add(to.look);
  }

  function drop(event) {
    const to = target(event);
    clear();
    if (!to || !held) return;
    event.preventDefault();
    const id = held;
    held = null;
    if (to.after !== id) actions.move(id, to.parent, to.after);
  }

  for (const box of [sheet.box, outline.list]) {
    box.addEventListener("dragstart", begin);
    box.addEventListener("dragover", over);
    box.addEventListener("drop", drop);
    box.addEventListener("dragleave", clear);
    box.addEventListener("dragend", () => {
      held = null;
      clear();
    });
  }
  sheet.box.addEventListener("click", (event) => {
    const grip = event.target.closest(".grip");
    if (grip) menu.open(sheet.idOf(grip), grip);
  });
  $("#canvas").addEventListener("dragover", (event) => {
    const { top, bottom } = $("#canvas").getBoundingClientRect();
    if (event.clientY < top + 40) $("#canvas").scrollTop -= 12;
    if (event.clientY > bottom - 40) $("#canvas").scrollTop += 12;
  });
}
