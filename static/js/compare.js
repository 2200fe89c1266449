// The next and the previous change: by button, and by F8 and Shift+F8.
const changes = [...document.querySelectorAll("[data-change]")];

function go(step) {
  if (!changes.length) return;
  const here = changes.indexOf(document.activeElement.closest("[data-change]"));
  const from = here < 0 && step < 0 ? 0 : here;
  const next = changes[(from + step + changes.length) % changes.length];
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-next-change]")) go(1);
  if (event.target.closest("[data-previous-change]")) go(-1);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "F8") return;
  event.preventDefault();
  go(event.shiftKey ? -1 : 1);
});
