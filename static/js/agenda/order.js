// Moving items: Alt + ↑/↓ in a row, the grip with the mouse; the menu's buttons do the same.

import { $$, data, panel, rowOf, rows, say, send, t } from "./page.js";
import { hold, show } from "./swap.js";

const WAIT = 250;
let waiting = null;

function number() {
  rows().forEach((row, at) => { row.querySelector(".n").textContent = String(at + 1); });
}

async function flush() {
  if (!waiting) return;
  const { row, from, timer } = waiting;
  waiting = null;
  clearTimeout(timer);
  const to = rows().indexOf(row) + 1;
  if (to === from) {
    hold(-1);
    return;
  }
  const id = row.dataset.item;
  const words = t(to < from ? "up" : "down", { from, to });
  const answer = await send(panel.dataset.do, data({ viec: "cho", muc: id, vi_tri: to }));
  hold(-1);
  if (show(answer, { quiet: true }) && !waiting) say(words, { undo: () => put(id, from) });
}

/** The item goes back to where it was. */
async function put(id, to) {
  show(await send(panel.dataset.do, data({ viec: "cho", muc: id, vi_tri: to })));
}

function moved(row, from) {
  if (waiting && waiting.row !== row) flush();
  if (!waiting) {
    hold(1);
    waiting = { row, from, timer: 0 };
  }
  clearTimeout(waiting.timer);
  waiting.timer = setTimeout(flush, WAIT);
  const to = rows().indexOf(row) + 1;
  number();
  say(t(to < waiting.from ? "up" : "down", { from: waiting.from, to }));
}

function step(row, by) {
  const all = rows();
  const at = all.indexOf(row);
  const other = all[at + by];
  if (!other) {
    say(t(by < 0 ? "first" : "last"));
    return;
  }
  const active = document.activeElement;
  if (by < 0) other.before(row);
  else other.after(row);
  active.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  moved(row, at + 1);
}

function wireKeys() {
  panel.addEventListener("keydown", (event) => {
    const row = rowOf(event.target);
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!row || !by || !event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    step(row, by);
  });
}

function wireDrag() {
  let held = null;
  const clear = () => { for (const node of $$(".drop-above, .drop-below")) node.classList.remove("drop-above", "drop-below"); };
  const above = (event, row) => {
    const { top, height } = row.getBoundingClientRect();
    return event.clientY - top < height / 2;
  };
  panel.addEventListener("dragstart", (event) => {
    if (!event.target.closest?.(".grip")) return;
    held = rowOf(event.target);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("application/x-agenda-item", held.dataset.item);
    event.dataTransfer.setDragImage(held, 24, 12);
    held.classList.add("dragged");
  });
  panel.addEventListener("dragover", (event) => {
    const row = rowOf(event.target);
    if (!held || !row) return;
    event.preventDefault();
    clear();
    if (row !== held) row.classList.add(above(event, row) ? "drop-above" : "drop-below");
  });
  panel.addEventListener("drop", (event) => {
    const row = rowOf(event.target);
    clear();
    if (!held || !row) return;
    event.preventDefault();
    const from = rows().indexOf(held) + 1;
    if (row !== held) {
      if (above(event, row)) row.before(held);
      else row.after(held);
      moved(held, from);
    }
  });
  panel.addEventListener("dragend", () => {
    held?.classList.remove("dragged");
    held = null;
    clear();
  });
}

export function wireOrder() {
  wireKeys();
  wireDrag();
  addEventListener("pagehide", flush);
}
