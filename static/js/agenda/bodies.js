// Bodies by a part of their name, marks ignored (ARIA combobox pattern): in fields of bodies, and behind
// "@" in the field for new items.

import { el, panel, t } from "./page.js";

const WAIT = 120;
const list = el("ul", { id: "agenda-bodies", class: "suggest", role: "listbox", "aria-label": t("bodies"), hidden: "" });
let owner = null;
let options = [];
let at = 0;
let turn = 0;
let timer = 0;
let pick = null;

/** The words behind the last "@" before the caret, null where there is none. */
function mentioned(field) {
  return field.value.slice(0, field.selectionStart).match(/(?:^|\s)@([^@#\n]{0,60})$/)?.[1] ?? null;
}

/** The words that a field of bodies asks for: behind the last semicolon where it takes many. */
function typed(field) {
  return field.dataset.bodies === "many" ? field.value.split(";").at(-1).trim() : field.value.trim();
}

function close() {
  turn += 1;
  clearTimeout(timer);
  list.hidden = true;
  owner?.removeAttribute("aria-activedescendant");
  owner?.removeAttribute("aria-controls");
  if (owner?.getAttribute("role") === "combobox") owner.setAttribute("aria-expanded", "false");
  owner = null;
  options = [];
}

function mark() {
  [...list.children].forEach((li, n) => li.setAttribute("aria-selected", String(n === at)));
  list.children[at]?.scrollIntoView({ block: "nearest" });
  owner.setAttribute("aria-activedescendant", `agenda-body-${at}`);
}

function show(field, found, picked) {
  if (!found.length || document.activeElement !== field) {
    if (owner === field) close();
    return;
  }
  (field.closest("dialog") ?? panel).append(list);
  [owner, options, pick, at] = [field, found, picked, 0];
  list.replaceChildren(...found.map((body, n) => el("li", { role: "option", id: `agenda-body-${n}`, "data-at": n },
    el("b", {}, body.name), body.full !== body.name ? el("span", {}, body.full) : null)));
  list.hidden = false;
  const { left, top, bottom } = field.getBoundingClientRect();
  const { width, height } = list.getBoundingClientRect();
  const y = bottom + height + 8 > innerHeight ? top - height - 4 : bottom + 4;
  list.style.setProperty("left", `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`);
  list.style.setProperty("top", `${Math.max(8, y)}px`);
  field.setAttribute("aria-controls", list.id);
  if (field.getAttribute("role") === "combobox") field.setAttribute("aria-expanded", "true");
  mark();
}

function ask(field, words, picked) {
  turn += 1;
  const mine = turn;
  clearTimeout(timer);
  timer = setTimeout(async () => {
    try {
      const answer = await fetch(`${panel.dataset.bodiesUrl}?q=${encodeURIComponent(words)}`);
      const { agencies } = await answer.json();
      if (mine === turn) show(field, agencies.slice(0, 8), picked);
    } catch {
      // no connection: the name is typed
    }
  }, WAIT);
}

function lookFor(field) {
  if (field.matches("[data-bodies]")) {
    if (!field.hasAttribute("role")) for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-autocomplete", "list"]]) field.setAttribute(name, value);
    const words = typed(field);
    if (!words) close();
    else ask(field, words, (body) => take(field, body));
  } else if (field.matches("[data-add] textarea")) {
    const words = mentioned(field);
    if (words === null) close();
    else ask(field, words, (body) => mention(field, body));
  }
}

function take(field, body) {
  if (field.dataset.bodies === "many") {
    const before = field.value.split(";").slice(0, -1).map((name) => name.trim()).filter(Boolean);
    field.value = `${[...before, body.name].join("; ")}; `;
  } else {
    field.value = body.name;
    const id = field.parentElement.querySelector("input[type=hidden]");
    if (id) id.value = body.id;
  }
}

function mention(field, body) {
  const end = field.selectionStart;
  const start = end - (mentioned(field) ?? "").length;
  field.setRangeText(`${body.name} `, start, end, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertReplacementText" }));
}

function choose(n) {
  const [body, picked] = [options[n], pick];
  close();
  if (body) picked(body);
}

/** True when the key was used by the list. */
function key(event) {
  if (!owner || owner !== event.target || event.isComposing) return false;
  const n = options.length;
  if (event.key === "ArrowDown" && !event.altKey) at = (at + 1) % n;
  else if (event.key === "ArrowUp" && !event.altKey) at = (at + n - 1) % n;
  else if (event.key === "Enter") return choose(at), true;
  else if (event.key === "Tab") return choose(at), false;
  else if (event.key === "Escape") return close(), true;
  else return false;
  mark();
  return true;
}

export function wireBodies() {
  panel.append(list);
  panel.addEventListener("input", (event) => {
    if (event.inputType === "insertReplacementText") return;
    const id = event.target.matches("[data-bodies]") && event.target.parentElement.querySelector("input[type=hidden]");
    if (id) id.value = "";
    lookFor(event.target);
  });
  panel.addEventListener("keydown", (event) => {
    if (!key(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  panel.addEventListener("focusout", close);
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) choose(Number(option.dataset.at));
  });
}
