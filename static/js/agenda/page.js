// What the modules of the agenda share: elements, sentences, and talking to the server.

export const panel = document.querySelector("[data-agenda]");
export const $ = (selector, root = panel) => root.querySelector(selector);
export const $$ = (selector, root = panel) => [...root.querySelectorAll(selector)];

const sentences = JSON.parse(document.getElementById("agenda-texts")?.textContent ?? "{}");

/** A sentence of the interface by name, with its values filled in. */
export function t(name, values = {}) {
  return (sentences[name] ?? name).replace(/\{(\w+)\}/g, (all, key) => (key in values ? String(values[key]) : all));
}

/** An element with attributes and children; texts are texts, never markup. */
export function el(tag, attributes = {}, ...kids) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== undefined) node.setAttribute(name, value);
  node.append(...kids.filter((kid) => kid !== null && kid !== undefined));
  return node;
}

export const rows = () => $$("tr.item");
export const rowOf = (node) => node?.closest?.("tr.item") ?? null;
export const tick = (row) => row?.querySelector(".pick input") ?? null;
export const urlOf = (row) => row.querySelector("[data-edit]").href;

const box = $("#agenda-say");
let fading = 0;

/** Say what happened: seen under the heading, read by screen readers; a mistake stays until the next word. */
export function say(sentence, { error = false, undo = null } = {}) {
  clearTimeout(fading);
  box.classList.toggle("late", error);
  box.replaceChildren(sentence);
  if (undo) {
    const button = el("button", { type: "button", class: "linkbtn" }, t("undo"));
    button.addEventListener("click", () => { box.replaceChildren(); undo(); }, { once: true });
    box.append(" ", button);
  }
  if (!error && sentence) fading = setTimeout(() => { if (!box.matches(":hover, :focus-within")) box.replaceChildren(); }, 8000);
}

const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
let turn = Promise.resolve();

/** One request after the other; gives {ok, html: Document} or null without a connection. */
export function send(url, data) {
  const mine = turn.then(async () => {
    try {
      const headers = { "HX-Request": "true", ...(data ? { "X-CSRFToken": token() } : {}) };
      const answer = await fetch(url, { method: data ? "POST" : "GET", body: data, headers });
      if (answer.headers.get("HX-Redirect")) location.assign(answer.headers.get("HX-Redirect"));
      const html = new DOMParser().parseFromString(await answer.text(), "text/html");
      return { ok: answer.ok, html };
    } catch {
      return null;
    }
  });
  turn = mine.then(() => undefined);
  return mine;
}

/** A form's fields as they are sent when this button is pressed. */
export function fields(form, submitter) {
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  return data;
}

export function data(values) {
  const made = new FormData();
  for (const [name, value] of Object.entries(values)) made.append(name, value);
  return made;
}
