// What the page hands over: configuration, lines, sentences, icons, templates.

import { fill } from "./text.js";

function json(id) {
  return JSON.parse(document.getElementById(id)?.textContent ?? "null");
}

export const config = json("editor-config") ?? {};
export const startLines = () => json("editor-lines") ?? [];
const sentences = json("editor-texts") ?? {};

/** A sentence of the interface by name, with its values filled in. */
export function t(name, values) {
  return fill(sentences[name] ?? name, values);
}

export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

/** An element with properties, data, classes and children; texts are texts, never markup. */
export function el(tag, props = {}, ...kids) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && !name.startsWith("aria")) node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...kids.filter((kid) => kid !== null && kid !== undefined));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

/** An icon of the sprite, silent for screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "ico");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${document.body.dataset.icons}#${name}`);
  svg.append(use);
  return svg;
}

/** A fresh copy of a <template> of the page. */
export function copyOf(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

/** Say something to a person without moving the focus: seen in the bar, read by screen readers. */
export function say(sentence, { error = false, quiet = false } = {}) {
  const box = $("#editor-say");
  box.textContent = "";
  box.classList.toggle("late", error);
  box.classList.toggle("visually-hidden", quiet);
  requestAnimationFrame(() => { box.textContent = sentence; });
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { box.textContent = ""; }, 8000);
}
