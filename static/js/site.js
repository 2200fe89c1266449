// Behaviour of every page: menus that close, toasts that leave, passwords that show, forms that are sent once.
document.documentElement.classList.add("js");

function closeMenus(except) {
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
}

document.addEventListener("click", (event) => {
  const menu = event.target.closest("details[data-menu]");
  closeMenus(menu);
  const dismiss = event.target.closest("[data-dismiss-toast]");
  if (dismiss) dismiss.closest(".toast-line").remove();
  const show = event.target.closest("[data-show-password]");
  if (show) {
    const field = document.getElementById(show.dataset.showPassword);
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    show.setAttribute("aria-pressed", String(!shown));
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details[data-menu][open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});

// A toast leaves after eight seconds; errors and warnings stay until they are closed, and nothing leaves while it is read.
function letLeave(toast) {
  if (toast.matches(".error, .warning")) return;
  const leave = () => {
    if (toast.matches(":hover, :focus-within")) setTimeout(leave, 2000);
    else toast.remove();
  };
  setTimeout(leave, 8000);
}
document.querySelectorAll(".toast-line").forEach(letLeave);
document.addEventListener("htmx:afterSettle", () => {
  document.querySelectorAll(".toast-line:not([data-seen])").forEach((toast) => {
    toast.dataset.seen = "";
    letLeave(toast);
  });
});

// A second press while the first is under way sends nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("data-again") || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  const button = event.submitter;
  if (button && button.dataset.busy) {
    button.classList.add("busy");
    button.setAttribute("aria-disabled", "true");
    const label = button.querySelector("[data-label]");
    if (label) label.textContent = button.dataset.busy;
  }
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

// Filters answer at once when a choice is made; the button remains for keyboards and for pages without script.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-auto]");
  if (form) form.requestSubmit();
});

// The number of unread notices: asked for once a minute while the page is looked at. Without a
// connection the last number stays; when the session is over nobody asks any more.
const bell = document.querySelector("[data-bell]");
async function ring() {
  if (document.hidden) return;
  try {
    const answer = await fetch(bell.dataset.bell, { headers: { Accept: "text/html" } });
    if (answer.status === 401 || answer.redirected) clearInterval(ringing);
    else if (answer.ok) {
      const shown = (await answer.text()).trim();
      if (shown !== bell.innerHTML.trim()) bell.innerHTML = shown;
    }
  } catch {
    // no connection
  }
}
const ringing = bell && setInterval(ring, 60_000);
if (bell) ring();
