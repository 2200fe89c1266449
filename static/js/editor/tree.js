// The clauses of the document as a flat reading order with parents; pure questions and moves.
//
// doc = { lines: Map(id → line), order: [id, …], scheme: ["I.", "1.", …] }

import { BULLETS, bare, label } from "./labels.js";

export function makeDoc(lines, scheme) {
  return {
    lines: new Map(lines.map((line) => [line.id, line])),
    order: lines.map((line) => line.id),
    scheme: scheme?.length ? scheme : ["I.", "1.", "a)", "-", "+"],
  };
}

export const get = (doc, id) => doc.lines.get(id);
export const has = (doc, id) => doc.lines.has(id);

export function parentOf(doc, id) {
  return doc.lines.get(id)?.parent ?? null;
}

/** Children by parent, counted once for each order: every move makes a new order or a longer one. */
function kids(doc) {
  const { cache } = doc;
  if (cache?.order === doc.order && cache.size === doc.order.length) return cache.map;
  const map = new Map();
  for (const id of doc.order) {
    const parent = parentOf(doc, id);
    if (map.has(parent)) map.get(parent).push(id);
    else map.set(parent, [id]);
  }
  doc.cache = { order: doc.order, size: doc.order.length, map };
  return map;
}

export function children(doc, parent) {
  return [...(kids(doc).get(parent) ?? [])];
}

export function siblings(doc, id) {
  return children(doc, parentOf(doc, id));
}

export function neighbour(doc, id, step) {
  const row = siblings(doc, id);
  return row[row.indexOf(id) + step] ?? null;
}

/** The clause and everything under it, in reading order. */
export function subtree(doc, id) {
  return [id, ...children(doc, id).flatMap((kid) => subtree(doc, kid))];
}

export function above(doc, id) {
  return doc.order[doc.order.indexOf(id) - 1] ?? null;
}

export function below(doc, id) {
  return doc.order[doc.order.indexOf(id) + 1] ?? null;
}

export function isInside(doc, id, root) {
  for (let at = id; at; at = parentOf(doc, at)) if (at === root) return true;
  return false;
}

/** Put the block of `id` under `parent` behind its sibling `after` (first for null). */
export function place(doc, id, parent, after) {
  const block = doc.order.includes(id) ? subtree(doc, id) : [id];
  doc.order = doc.order.filter((each) => !block.includes(each));
  doc.lines.get(id).parent = parent;
  let at = 0;
  if (after) at = doc.order.indexOf(subtree(doc, after).at(-1)) + 1;
  else if (parent) at = doc.order.indexOf(parent) + 1;
  doc.order.splice(at, 0, ...block);
}

export function remove(doc, id) {
  const block = subtree(doc, id);
  const gone = new Set(block);
  doc.order = doc.order.filter((each) => !gone.has(each));
  for (const each of block) doc.lines.delete(each);
  return block;
}

/** Labels and depths anew: each style counts for itself among siblings, `start` sets its count. */
export function renumber(doc) {
  const counts = new Map();
  for (const id of doc.order) {
    const line = doc.lines.get(id);
    const up = line.parent ? doc.lines.get(line.parent) : null;
    const key = `${line.parent} ${line.style}`;
    const n = line.start ?? (counts.get(key) ?? 0) + 1;
    counts.set(key, n);
    line.depth = up ? up.depth + 1 : 0;
    line.label = label(line.style, n, up?.label);
  }
}

/** The style of a new child, as documents/tree.py chooses it. */
export function childStyle(doc, parent) {
  for (const id of children(doc, parent).reverse()) {
    if (get(doc, id).style) return get(doc, id).style;
  }
  if (!parent) return doc.scheme[0];
  for (const uncle of siblings(doc, parent)) {
    for (const cousin of children(doc, uncle)) if (get(doc, cousin).style) return get(doc, cousin).style;
  }
  const { style } = get(doc, parent);
  const next = doc.scheme[doc.scheme.indexOf(style) + 1];
  if (doc.scheme.includes(style) && next) return next;
  if (BULLETS.has(style)) return "+";
  return style ? "-" : "";
}

/** How a clause is cited: "IV.5"; bullets count: "II, gạch 2"; null above everything. */
export function cite(doc, id, [bullet, paragraph] = ["gạch", "đoạn"]) {
  const line = get(doc, id);
  if (!line) return "";
  const up = line.parent ? cite(doc, line.parent, [bullet, paragraph]) : "";
  if (line.label && !BULLETS.has(line.style)) {
    const own = bare(line.label);
    return up && !line.style.startsWith("1.1") ? `${up}.${own}` : own;
  }
  const kind = siblings(doc, id).filter((each) => get(doc, each).style === line.style);
  const own = `${line.style ? bullet : paragraph} ${kind.indexOf(id) + 1}`;
  return up ? `${up}, ${own}` : own;
}

/** The items that a meeting discusses: its direct numbered children. */
export function agenda(doc, meeting) {
  return children(doc, meeting).filter((id) => {
    const line = get(doc, id);
    return line.style && !BULLETS.has(line.style) && line.role !== "heading";
  });
}

export function meetings(doc) {
  return doc.order.filter((id) => get(doc, id).role === "meeting");
}

/** The top-level clause that holds this one. */
export function sectionOf(doc, id) {
  let at = id;
  while (parentOf(doc, at)) at = parentOf(doc, at);
  return at;
}

/** Neighbouring agenda items with the same bodies, for the margin: [{bodies, ids}]. */
export function runs(doc) {
  const found = [];
  for (const meeting of meetings(doc)) {
    let last = null;
    for (const id of agenda(doc, meeting)) {
      const { bodies } = get(doc, id);
      const key = JSON.stringify(bodies.map((b) => [b.name, b.lead]));
      if (!bodies.length) last = null;
      else if (last?.key === key) last.ids.push(id);
      else found.push((last = { key, bodies, ids: [id] }));
    }
  }
  return found;
}
