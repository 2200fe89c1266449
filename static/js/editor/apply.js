// One operation done to the local copy at once, the way documents/operations.py does it to the rows.
// Pure in the document; what cannot be done locally is left to the server's answer.

import { clean } from "./text.js";
import * as tree from "./tree.js";

const BLANK = {
  depth: 0, label: null, role: "paragraph", style: "", start: null, text: "", version: 0,
  bodies: [], note: null, when: null, table: null, findings: [],
};

/** Does the operation to `doc`; true when something changed in order or labels. */
export function apply(doc, op) {
  const done = HANDLERS[op.kind]?.(doc, op) ?? false;
  if (done) tree.renumber(doc);
  return done;
}

/** May the operation be done? A reason code where not, as the server would refuse it. */
export function refusal(doc, op) {
  const line = tree.get(doc, op.clause);
  if (op.kind === "indent" && !tree.neighbour(doc, op.clause, -1)) return "cannotIndent";
  if (op.kind === "outdent" && !line?.parent) return "cannotOutdent";
  if (op.kind === "up" && !upPlace(doc, op.clause)) return "cannotUp";
  if (op.kind === "down" && !downPlace(doc, op.clause)) return "cannotDown";
  if (op.kind === "move" && (tree.isInside(doc, op.parent, op.clause) || tree.isInside(doc, op.after, op.clause))) {
    return "cannotInside";
  }
  return null;
}

function create(doc, id, parent, after, values) {
  if (tree.has(doc, id)) return false;
  doc.lines.set(id, { ...BLANK, ...values, id, parent });
  tree.place(doc, id, parent, after);
  return true;
}

function upPlace(doc, id) {
  const before = tree.neighbour(doc, id, -1);
  const parent = tree.parentOf(doc, id);
  if (before) return { parent, after: tree.neighbour(doc, before, -1) };
  const uncle = parent && tree.neighbour(doc, parent, -1);
  return uncle ? { parent: uncle, after: tree.children(doc, uncle).at(-1) ?? null } : null;
}

function downPlace(doc, id) {
  const next = tree.neighbour(doc, id, 1);
  const parent = tree.parentOf(doc, id);
  if (next) return { parent, after: next };
  const uncle = parent && tree.neighbour(doc, parent, 1);
  return uncle ? { parent: uncle, after: null } : null;
}

function moveTo(doc, id, parent, after) {
  const line = tree.get(doc, id);
  if (line.parent !== parent) {
    if (line.role === "heading" && parent) line.role = "paragraph";
    if (line.style) line.style = tree.childStyle(doc, parent);
    line.start = null;
  }
  tree.place(doc, id, parent, after);
  return true;
}

const known = (doc, op) => tree.has(doc, op.clause);

const HANDLERS = {
  text(doc, op) {
    if (known(doc, op)) tree.get(doc, op.clause).text = op.text;
    return false;
  },
  insert(doc, op) {
    const after = op.after && tree.has(doc, op.after) ? op.after : null;
    const parent = after ? tree.parentOf(doc, after) : (op.parent ?? null);
    if (parent && !tree.has(doc, parent)) return false;
    const model = after && tree.get(doc, after);
    return create(doc, op.id, parent, after, {
      text: op.text ?? "",
      style: op.style ?? (model ? model.style : tree.childStyle(doc, parent)),
      role: op.role ?? (model ? model.role : parent ? "paragraph" : "heading"),
    });
  },
  remove(doc, op) {
    if (known(doc, op)) tree.remove(doc, op.clause);
    return true;
  },
  split(doc, op) {
    if (!known(doc, op)) return false;
    const line = tree.get(doc, op.clause);
    const kids = tree.children(doc, op.clause);
    line.text = op.before;
    if (kids.length && !clean(op.after)) {
      const first = tree.get(doc, kids[0]);
      return create(doc, op.id, op.clause, null, { style: first.style, role: first.role });
    }
    const made = create(doc, op.id, line.parent, op.clause, {
      text: op.after, style: line.style, role: line.role,
    });
    let last = null;
    for (const kid of made ? kids : []) {
      tree.place(doc, kid, op.id, last);
      last = kid;
    }
    return made;
  },
  join(doc, op) {
    const aboveId = known(doc, op) ? tree.above(doc, op.clause) : null;
    if (!aboveId) return false;
    const line = tree.get(doc, op.clause);
    const up = tree.get(doc, aboveId);
    let last = aboveId === line.parent ? op.clause : (tree.children(doc, aboveId).at(-1) ?? null);
    for (const kid of tree.children(doc, op.clause)) {
      tree.place(doc, kid, aboveId, last);
      last = kid;
    }
    up.text = clean(`${up.text} ${op.text ?? line.text}`);
    if (!up.bodies.length) up.bodies = line.bodies;
    tree.remove(doc, op.clause);
    return true;
  },
  indent(doc, op) {
    const under = known(doc, op) ? tree.neighbour(doc, op.clause, -1) : null;
    if (!under) return false;
    const line = tree.get(doc, op.clause);
    line.style = tree.childStyle(doc, under);
    line.start = null;
    if (line.role === "heading") line.role = "paragraph";
    tree.place(doc, op.clause, under, tree.children(doc, under).at(-1) ?? null);
    return true;
  },
  outdent(doc, op) {
    const parent = tree.parentOf(doc, op.clause);
    if (!parent) return false;
    const line = tree.get(doc, op.clause);
    const up = tree.get(doc, parent);
    line.style = up.style;
    line.start = null;
    if (up.role === "heading") line.role = "heading";
    tree.place(doc, op.clause, up.parent, parent);
    return true;
  },
  move(doc, op) {
    if (!known(doc, op) || refusal(doc, op)) return false;
    const parent = op.after ? tree.parentOf(doc, op.after) : (op.parent ?? null);
    return moveTo(doc, op.clause, parent, op.after ?? null);
  },
  up(doc, op) {
    const to = known(doc, op) && upPlace(doc, op.clause);
    return to ? moveTo(doc, op.clause, to.parent, to.after) : false;
  },
  down(doc, op) {
    const to = known(doc, op) && downPlace(doc, op.clause);
    return to ? moveTo(doc, op.clause, to.parent, to.after) : false;
  },
  role(doc, op) {
    if (known(doc, op)) tree.get(doc, op.clause).role = op.role;
    return known(doc, op);
  },
  style(doc, op) {
    if (!known(doc, op)) return false;
    const old = tree.get(doc, op.clause).style;
    const row = op.row && old ? tree.siblings(doc, op.clause) : [op.clause];
    for (const id of row) {
      const line = tree.get(doc, id);
      if (line.style === old) Object.assign(line, { style: op.style, start: null });
    }
    return true;
  },
  start(doc, op) {
    if (known(doc, op)) tree.get(doc, op.clause).start = op.start;
    return known(doc, op);
  },
  bodies(doc, op) {
    for (const id of op.clauses) if (tree.has(doc, id)) tree.get(doc, id).bodies = op.bodies;
    return true;
  },
  paste(doc, op) {
    const after = op.after && tree.has(doc, op.after) ? op.after : null;
    const parent = after ? tree.parentOf(doc, after) : (op.parent ?? null);
    const put = (row, under, last) => {
      for (const { id, children = [], ...values } of row) {
        create(doc, id, under, last, values);
        put(children, id, null);
        last = id;
      }
    };
    put(op.clauses, parent, after);
    return true;
  },
};
