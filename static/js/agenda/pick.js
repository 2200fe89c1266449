// Ticking items: Space, Shift + click or Shift + arrows for a range, all at once.

import { $, $$, panel, t } from "./page.js";

const boxes = () => $$("tr.item .pick input");
let last = null;

/** How many are ticked, said beside the fields that set them. */
export function count() {
  const all = boxes();
  const n = all.filter((box) => box.checked).length;
  const whole = $("[data-pick-all]");
  if (whole) {
    whole.checked = n > 0 && n === all.length;
    whole.indeterminate = n > 0 && n < all.length;
  }
  const words = $("[data-picked]");
  if (words) words.textContent = n ? t("picked", { n }) : t("none");
  panel.classList.toggle("has-picked", n > 0);
}

export function clear() {
  for (const box of boxes()) box.checked = false;
  count();
}

function range(to, checked) {
  const all = boxes();
  const from = all.findIndex((box) => box.value === last);
  if (from < 0) return;
  const [a, b] = [from, all.indexOf(to)].sort((x, y) => x - y);
  for (const box of all.slice(a, b + 1)) box.checked = checked;
}

export function wirePick() {
  panel.addEventListener("click", (event) => {
    if (event.target.matches("[data-pick-all]")) {
      for (const box of boxes()) box.checked = event.target.checked;
      count();
    } else if (event.target.matches("tr.item .pick input")) {
      if (event.shiftKey) range(event.target, event.target.checked);
      last = event.target.value;
      count();
    }
  });
  panel.addEventListener("keydown", (event) => {
    if (!event.target.matches("tr.item .pick input") || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) return;
    const all = boxes();
    const next = all[all.indexOf(event.target) + step];
    event.preventDefault();
    if (!next) return;
    if (event.shiftKey) {
      event.target.checked = true;
      next.checked = true;
      count();
    }
    last = next.value;
    next.focus();
  });
  panel.addEventListener("shown", count);
  count();
}

