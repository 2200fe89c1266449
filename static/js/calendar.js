// The calendar by keyboard: arrows move the chosen day, its panel follows, Enter goes into the panel.
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

const daysOf = (calendar) => [...calendar.querySelectorAll("[data-day]")];

// Of all days only the chosen one is a stop of the Tab key; a month becomes a grid for screen readers.
function prepare() {
  document.querySelectorAll("[data-calendar]").forEach((calendar) => {
    const days = daysOf(calendar);
    const chosen = days.find((day) => day.hasAttribute("aria-current")) || days[0];
    days.forEach((day) => (day.tabIndex = day === chosen ? 0 : -1));
    if (calendar.getAttribute("role") !== "table") return;
    calendar.setAttribute("role", "grid");
    calendar.querySelectorAll("[role=cell]").forEach((cell) => {
      cell.setAttribute("role", "gridcell");
      cell.setAttribute("aria-selected", String(cell.classList.contains("pick")));
    });
  });
}

function choose(day) {
  daysOf(day.closest("[data-calendar]")).forEach((other) => {
    const on = other === day;
    const cell = other.parentElement;
    cell.classList.toggle("pick", on);
    if (cell.hasAttribute("aria-selected")) cell.setAttribute("aria-selected", String(on));
    if (on) other.setAttribute("aria-current", "date");
    else other.removeAttribute("aria-current");
    other.tabIndex = on ? 0 : -1;
  });
}

const iso = (date) => date.toISOString().slice(0, 10);

function shifted(day, by) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + by);
  return iso(date);
}

// A day outside of what is shown: the calendar of that day, with the same filters.
let wanted = null;
function leave(calendar, day) {
  const address = new URL(daysOf(calendar)[0].href);
  address.hash = "";
  address.searchParams.set("ngay", day);
  if (address.searchParams.has("thang")) address.searchParams.set("thang", day.slice(0, 7));
  wanted = day;
  htmx.ajax("GET", address.pathname + address.search, { target: "#lich" });
  history.replaceState(history.state, "", address);
}

let later = null;
function follow(day) {
  clearTimeout(later);
  later = setTimeout(() => htmx.trigger(day, "chon"), 200);
}

function target(day, key) {
  const at = day.dataset.day;
  if (key in STEPS) return shifted(at, STEPS[key]);
  const weekday = (new Date(`${at}T00:00:00Z`).getUTCDay() + 6) % 7;
  if (key === "Home") return shifted(at, -weekday);
  if (key === "End") return shifted(at, 6 - weekday);
  return null;
}

document.addEventListener("keydown", (event) => {
  const day = event.target.closest && event.target.closest("[data-day]");
  if (!day || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "PageUp" || event.key === "PageDown") {
    event.preventDefault();
    document.querySelector(event.key === "PageUp" ? "[data-back]" : "[data-forth]").click();
    wanted = "";
    return;
  }
  const to = target(day, event.key);
  if (!to) return;
  event.preventDefault();
  const calendar = day.closest("[data-calendar]");
  const next = calendar.querySelector(`[data-day="${to}"]`);
  if (!next) {
    leave(calendar, to);
    return;
  }
  choose(next);
  next.focus();
  follow(next);
});

// A click by keyboard, or on a phone where the panel lies below, goes on into the panel.
let enter = false;
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
  const link = event.target.closest("[data-day], [data-more]");
  if (!link) return;
  clearTimeout(later);
  enter = event.detail === 0 || window.matchMedia("(max-width: 1199.98px)").matches;
  const day = link.matches("[data-day]") ? link : link.parentElement.querySelector("[data-day]");
  choose(day);
});

document.addEventListener("htmx:afterSettle", (event) => {
  prepare();
  if (event.target.id === "ngay" && enter) {
    enter = false;
    document.getElementById("ngay-ten").focus();
  }
  if (event.target.id === "lich" && wanted !== null) {
    const day = document.querySelector(wanted ? `[data-day="${wanted}"]` : "[data-day][aria-current]");
    wanted = null;
    if (day) day.focus();
  }
});

prepare();
