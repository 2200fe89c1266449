// The agenda as the server has it takes the place of what is shown; ticks, focus and what is being
// typed stay where they are.

import { $, $$, panel, rowOf, rows, say, t, tick } from "./page.js";

let holding = 0;
let missed = null;

/** While a row is moved or its words are typed, answers wait; the newest is shown afterwards. */
export function hold(by) {
  holding += by;
  if (!holding && missed) draw(missed);
}

function remember() {
  const active = document.activeElement;
  const row = rowOf(active);
  return {
    ticked: new Set($$(".pick input:checked").map((box) => box.value)),
    inside: active?.closest?.("[data-swap]") !== null && panel.contains(active),
    id: active?.id ?? "",
    value: active?.matches?.("input:not([type=radio], [type=checkbox])") ? active.value : null,
    caret: active?.selectionStart ?? null,
    item: row?.dataset.item ?? "",
    at: row ? rows().indexOf(row) : -1,
    menu: active?.closest?.(".m") ? "viec-" : "chon-",
  };
}

function restore(before) {
  for (const box of $$("tr.item .pick input")) box.checked = before.ticked.has(box.value);
  if (!before.inside || panel.contains(document.activeElement)) return;
  const there = (before.id && document.getElementById(before.id)) || (before.item && document.getElementById(before.menu + before.item));
  const here = there || tick(rows()[Math.min(Math.max(before.at, 0), rows().length - 1)]) || $("#ag-them");
  here?.focus({ preventScroll: true });
  if (there && before.value !== null && there.id === before.id) {
    there.value = before.value;
    if (before.caret !== null) there.setSelectionRange(before.caret, before.caret);
  }
}

function draw(fresh) {
  missed = null;
  const before = remember();
  for (const part of document.querySelectorAll("[data-swap]")) {
    const other = fresh.querySelector(`[data-swap="${part.dataset.swap}"]`);
    if (other) part.replaceChildren(...other.childNodes);
  }
  restore(before);
  panel.dispatchEvent(new CustomEvent("shown"));
}

/** Show an answer. True when the change was made. */
export function show(answer, { quiet = false, undo = null } = {}) {
  const fresh = answer?.html;
  const head = fresh?.querySelector("[data-agenda]");
  if (!head) {
    say(t("failed"), { error: true });
    return false;
  }
  if (holding) missed = fresh;
  else draw(fresh);
  const { said, error } = head.dataset;
  if (error) say(error, { error: true });
  else if (said && !quiet) say(said, { undo });
  return answer.ok;
}
