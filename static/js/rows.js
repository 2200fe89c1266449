// Lines of a form that can be added, removed and moved, by mouse and by keyboard (Alt+↑, Alt+↓).
function listOf(node) {
  const form = node.closest("form");
  return { form, list: form.querySelector("[data-rows]"), total: form.querySelector("[name$='-TOTAL_FORMS']") };
}

function numbered({ list }) {
  let n = 0;
  list.querySelectorAll("[data-row]").forEach((row) => {
    const order = row.querySelector("[name$='-ORDER']");
    if (order) order.value = row.hidden ? "" : (n += 1);
  });
}

function focusIn(row, name) {
  const target = row.querySelector(`[data-row-${name}]`) || row.querySelector("input, select");
  if (target) target.focus();
}

function add(button) {
  const rows = listOf(button);
  const html = rows.form.querySelector("[data-row-template]").innerHTML.replaceAll("__prefix__", rows.total.value);
  rows.list.insertAdjacentHTML("beforeend", html);
  rows.total.value = Number(rows.total.value) + 1;
  numbered(rows);
  rows.list.lastElementChild.querySelector("input[type=text]").focus();
}

function remove(button) {
  const rows = listOf(button);
  const row = button.closest("[data-row]");
  const next = row.nextElementSibling || row.previousElementSibling;
  row.querySelector("[name$='-DELETE']").checked = true;
  row.hidden = true;
  numbered(rows);
  if (next && !next.hidden) focusIn(next, "remove");
  else rows.form.querySelector("[data-row-add]").focus();
}

function move(row, step, focusName) {
  const rows = listOf(row);
  let other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
  while (other && other.hidden) other = step < 0 ? other.previousElementSibling : other.nextElementSibling;
  if (!other) return;
  const active = document.activeElement;
  if (step < 0) other.before(row);
  else other.after(row);
  numbered(rows);
  if (focusName) focusIn(row, focusName);
  else active.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-row-add], [data-row-remove], [data-row-up], [data-row-down]");
  if (!button) return;
  if (button.matches("[data-row-add]")) add(button);
  else if (button.matches("[data-row-remove]")) remove(button);
  else if (button.matches("[data-row-up]")) move(button.closest("[data-row]"), -1, "up");
  else move(button.closest("[data-row]"), 1, "down");
});

document.addEventListener("keydown", (event) => {
  const row = event.target.closest && event.target.closest("[data-row]");
  if (!row || !event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
  if (event.target.matches("select")) return;
  event.preventDefault();
  move(row, event.key === "ArrowUp" ? -1 : 1);
});
