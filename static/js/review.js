// Source and reading light each other up: hover, focus or click one, the other comes into view.
function light(row, from) {
  document.querySelectorAll("[data-review] .lit").forEach((node) => node.classList.remove("lit"));
  if (row === undefined) return;
  const clause = document.querySelector(`.clause[data-row="${row}"]`);
  const lines = document.querySelectorAll(`.lines [data-row="${row}"]`);
  if (clause) clause.classList.add("lit");
  lines.forEach((line) => line.classList.add("lit"));
  if (from === "clause" && lines.length) into(lines[0], ".lines");
  if (from === "line" && clause) into(clause, ".clauses");
}

// Scroll inside the column only; the page itself stays where it is.
function into(node, column) {
  const box = node.closest(column);
  const top = node.offsetTop - box.offsetTop;
  if (top < box.scrollTop || top + node.offsetHeight > box.scrollTop + box.clientHeight) {
    box.scrollTop = Math.max(0, top - box.clientHeight / 3);
  }
}

document.addEventListener("mouseover", (event) => {
  const clause = event.target.closest(".clause[data-row]");
  const line = event.target.closest(".lines [data-row]");
  if (clause || line) light((clause || line).dataset.row);
});
// The pointer may have come to rest before this script arrived.
const under = document.querySelector("[data-review] :is(.clause[data-row], .lines [data-row]):hover");
if (under) light(under.dataset.row);
document.addEventListener("focusin", (event) => {
  const clause = event.target.closest(".clause[data-row]");
  if (clause) light(clause.dataset.row, "clause");
});
document.addEventListener("click", (event) => {
  if (event.target.closest("a, button, input, select, textarea")) return;
  const clause = event.target.closest(".clause[data-row]");
  const line = event.target.closest(".lines [data-row]");
  if (clause) light(clause.dataset.row, "clause");
  if (line) light(line.dataset.row, "line");
});

// After a correction the columns stay where they were; an opened form takes the focus.
let kept = {};
document.addEventListener("htmx:beforeSwap", () => {
  kept = {};
  document.querySelectorAll(".lines, .clauses").forEach((box) => { kept[box.className] = box.scrollTop; });
});
document.addEventListener("htmx:afterSwap", () => {
  document.querySelectorAll(".lines, .clauses").forEach((box) => { box.scrollTop = kept[box.className] || 0; });
  const open = document.querySelector(".clause form textarea, .clause form input:not([type=hidden])");
  if (open) open.focus();
});
document.addEventListener("keydown", (event) => {
  const form = event.target.closest && event.target.closest(".clause form");
  if (!form) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  if (event.key === "Escape") form.querySelector(".formacts a").click();
});
