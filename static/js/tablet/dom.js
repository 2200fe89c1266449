// What the page hands over, and small helpers.

const json = (id, root = document) => JSON.parse(root.getElementById(id)?.textContent ?? "null");

export const config = json("review-config");
const texts = json("review-texts");

/** The configuration of another copy of the page, null where it is none. */
export const configOf = (root) => json("review-config", root);

/** A sentence of the interface with its values filled in. */
export function t(name, values = {}) {
  return (texts[name] ?? name).replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);
}

export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

/** The icon of the sprite, silent for screen readers. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "ico");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${document.body.dataset.icons}#${name}`);
  svg.append(use);
  return svg;
}

export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 0x0f) | 0x40;
  b[8] = (b[8] & 0x3f) | 0x80;
  const hex = [...b].map((x) => x.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Tell without moving the focus: a line that leaves by itself. */
export function say(sentence, tags = "success") {
  const box = $("#thong-bao");
  box.replaceChildren();
  const line = document.createElement("div");
  line.className = `toast-line ${tags}`;
  const words = document.createElement("p");
  words.textContent = sentence;
  line.append(icon(tags === "error" ? "alert" : tags === "warning" ? "cloud-off" : "check-circle"), words);
  box.append(line);
  setTimeout(() => line.remove(), tags === "error" ? 20000 : 5000);
}
