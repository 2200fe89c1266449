// When a meeting is held: a form whose answer rewrites the words of the heading.

import { config, el, icon, t } from "./page.js";
import { uuid } from "./text.js";

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** Monday is 0, as the server counts. */
export function weekdayOf(iso) {
  const [y, m, d] = iso.split("-").map(Number);
  return (new Date(Date.UTC(y, m - 1, d)).getUTCDay() + 6) % 7;
}

/** "26/4", "26-4-2023" as the office writes it → "2023-04-26"; the year is the period's. Null for no day. */
export function dayOf(text, period) {
  const found = text.trim().match(/^(\d{1,2})\s*[/.\- ]\s*(\d{1,2})(?:\s*[/.\- ]\s*(\d{4}))?$/);
  if (!found) return null;
  const [d, m] = [Number(found[1]), Number(found[2])];
  const years = found[3] ? [Number(found[3])] : [Number(period.start.slice(0, 4)), Number(period.end.slice(0, 4))];
  for (const y of years) {
    const day = new Date(Date.UTC(y, m - 1, d));
    if (y >= 1945 && day.getUTCDate() === d && day.getUTCMonth() === m - 1) return day.toISOString().slice(0, 10);
  }
  return null;
}

/** "7:30", "7h30", "14 giờ" → "07:30"; null for what is no hour of a day, "" for nothing. */
export function hourOf(text) {
  if (!text.trim()) return "";
  const found = text.trim().match(/^(\d{1,2})\s*(?:[:.hg]|giờ)?\s*(\d{2})?\s*(?:phút)?$/i);
  if (!found || Number(found[1]) > 23 || Number(found[2] ?? 0) > 59) return null;
  return `${found[1].padStart(2, "0")}:${found[2] ?? "00"}`;
}

/** "2023-04-26" → "26/4/2023"; days below 10 and the months 1 and 2 take a zero. */
function written(iso) {
  if (!iso) return "";
  const [y, m, d] = iso.split("-");
  return `${d}/${Number(m) < 3 ? m : Number(m)}/${y}`;
}

function stateOf(when) {
  if (!when) return "none";
  if (when.weekly !== null && when.weekly !== undefined) return "weekly";
  if (!when.date) return "none";
  return when.tentative ? "tentative" : "confirmed";
}

/** The panel "Lịch họp" of a meeting. */
export function scheduleForm(editor, line) {
  const when = line.when ?? {};
  let state = stateOf(line.when);
  const send = () => {
    const value = read();
    if (!value) return;
    editor.flushAll();
    editor.line(line.id).when = value;
    editor.queue.add({ op: uuid(), kind: "schedule", clause: line.id, when: value });
  };
  const choice = (name, label) => {
    const input = el("input", { type: "radio", class: "btn-check", name: "when-state", id: `when-${name}`, value: name, checked: state === name, data: { keep: `when-${name}` } });
    input.addEventListener("change", () => { state = name; show(); send(); });
    return [input, el("label", { class: "btn btn-outline-secondary btn-sm", htmlFor: `when-${name}` }, label)];
  };
  const date = el("input", { type: "text", id: "when-date", class: "form-control", value: written(when.date), placeholder: t("dateHint"), autocomplete: "off", data: { keep: "date" } });
  const calendar = el("input", { type: "date", class: "calendar", tabIndex: -1, value: when.date ?? "", "aria-hidden": "true" });
  calendar.addEventListener("change", () => {
    date.value = written(calendar.value);
    date.dispatchEvent(new Event("change"));
  });
  const pickDay = el("button", { type: "button", class: "iconbtn", "aria-label": t("pickDay"), onclick: () => calendar.showPicker?.() }, icon("calendar"));
  const day = el("div", { class: "form-text", id: "when-day", role: "status" });
  date.setAttribute("aria-describedby", "when-day");
  const weekly = el("select", { id: "weekly-on", class: "form-select", data: { keep: "weekly" } },
    ...WEEKDAYS.map((name, n) => el("option", { value: n, selected: when.weekly === n }, t(name))));
  const part = el("select", { id: "when-part", class: "form-select", data: { keep: "part" } },
    ...[["", "allDay"], ["morning", "morning"], ["afternoon", "afternoon"]].map(([value, words]) =>
      el("option", { value, selected: (when.part_of_day ?? "") === value }, t(words))));
  const time = el("input", { type: "text", id: "when-time", class: "form-control", value: when.time ?? "", placeholder: "07:30", autocomplete: "off", data: { keep: "time" } });
  const unknown = el("input", { type: "text", id: "when-unknown", class: "form-control", value: when.unknown ?? "", placeholder: t("unknownHint"), data: { keep: "unknown" } });
  for (const field of [date, weekly, part, time, unknown]) field.addEventListener("change", () => { show(); send(); });

  const field = (id, label, control, ...more) => el("div", { class: "fld" }, el("label", { class: "form-label", htmlFor: id }, label), control, ...more);
  const dated = field("when-date", t("meetingDay"), el("div", { class: "dated" }, date, calendar, pickDay), day);
  const each = field("weekly-on", t("weeklyOn"), weekly);
  const halves = el("div", { class: "fgrid two" }, field("when-part", t("partOfDay"), part), field("when-time", t("startTime"), time));
  const open = field("when-unknown", t("unknownWords"), unknown);

  function show() {
    dated.hidden = state !== "tentative" && state !== "confirmed";
    each.hidden = state !== "weekly";
    halves.hidden = state === "none";
    open.hidden = state !== "none";
    if (hourOf(time.value) === null) time.setAttribute("aria-invalid", "true");
    else time.removeAttribute("aria-invalid");
    day.textContent = "";
    day.classList.remove("soon");
    date.removeAttribute("aria-invalid");
    if (!date.value.trim() || dated.hidden) return;
    const iso = dayOf(date.value, config.period);
    if (!iso) {
      date.setAttribute("aria-invalid", "true");
      day.textContent = t("noSuchDay");
      day.classList.add("soon");
      return;
    }
    const n = weekdayOf(iso);
    const off = config.days_off?.[iso];
    const outside = iso < config.period.start || iso > config.period.end;
    const words = [t(WEEKDAYS[n])];
    if (off) words.push(t("dayOff", { name: off }));
    else if (n > 4) words.push(t("weekend"));
    if (outside) words.push(t("outsidePeriod", { period: config.period.label }));
    day.textContent = words.join(". ");
    day.classList.toggle("soon", words.length > 1);
  }

  function read() {
    const common = { date: null, tentative: false, part_of_day: part.value || null, time: hourOf(time.value) || null, weekly: null, unknown: null };
    if (state === "weekly") return { ...common, weekly: Number(weekly.value) };
    if (state === "none") return { ...common, part_of_day: null, time: null, unknown: unknown.value || null };
    const iso = dayOf(date.value, config.period);
    if (!iso) return null; // the day is still to be chosen
    return { ...common, date: iso, tentative: state === "tentative" };
  }

  show();
  return el("fieldset", { class: "when" }, el("legend", {}, t("scheduleTitle")),
    el("div", { class: "btn-group wide fld", role: "group", "aria-label": t("scheduleState") },
      ...choice("tentative", t("tentative")), ...choice("confirmed", t("confirmed")), ...choice("weekly", t("weekly")), ...choice("none", t("noDay"))),
    dated, each, halves, open);
}
