// What an earlier window could not send (closed tab, dead server, lost network) goes out now.

import { apply } from "./apply.js";
import { config, say, t } from "./page.js";
import { living } from "./store.js";
import { clean, uuid } from "./text.js";

export async function resume({ editor, queue, store, win }) {
  const alive = await living(config.key, win);
  const ops = (await store.ops()).filter((record) => !alive.has(record.win));
  const drafts = (await store.drafts()).filter((draft) => !alive.has(draft.win));
  if (!config.editable) {
    showKept(editor, ops, drafts);
    return;
  }
  const saved = await store.saved();
  const undecided = new Set(saved.filter(({ why }) => why === "conflict").map(({ clause }) => clause));
  const fresh = drafts.filter(({ clause }) => !undecided.has(clause));
  const records = [...ops, ...fresh.map((draft) => fromDraft(draft, ops)).filter(Boolean)];
  for (const { op } of records) {
    const here = editor.line(op.clause);
    if (op.kind === "text" && !here) continue;
    if (op.kind === "text" || op.kind === "insert" || op.kind === "paste") apply(editor.doc, op);
    if (op.kind === "text") editor.settled.set(op.clause, op.text);
    if (op.kind === "insert") editor.settled.set(op.id, op.text ?? "");
  }
  bringBack(editor, store, saved, drafts);
  const settled = () => drafts.forEach((draft) => store.dropDraft(draft.clause, draft.win));
  if (!records.length) {
    settled();
    return;
  }
  editor.tell("change", { structure: true });
  say(t("resuming", { n: records.length }));
  const finished = new Promise((done) => {
    const look = () => queue.size === 0 && (queue.removeEventListener("state", look), done());
    queue.addEventListener("state", look);
  });
  await queue.resume(records);
  await Promise.all(queue.pending.map((record) => record.writing));
  settled();
  finished.then(() => say(t("resumed", { n: records.length })));
}

/** The paper may not be written any more: words that were never sent are shown, to be copied. */
function showKept(editor, ops, drafts) {
  for (const { seq, op } of ops) {
    const words = op.kind === "split" ? clean(`${op.before} ${op.after}`) : op.text;
    if (words) editor.problems.set(`kept-${seq}`, { why: "closed", mine: words, seq });
  }
  for (const { clause, text } of drafts) editor.problems.set(`kept-${clause}`, { why: "closed", mine: text });
  editor.tell("problem", {});
}

/** Typed words that never became an operation; none where a later operation has the same words. */
function fromDraft({ clause, text, version, base, win }, ops) {
  const last = ops.findLast(({ op }) => op.kind === "text" && op.clause === clause)?.op.text ?? base ?? "";
  if (clean(last) === clean(text)) return null;
  return { op: { op: uuid(), kind: "text", clause, text }, version, base, win };
}

/** Words of an open conflict or of a removed clause, kept until the person has chosen. */
function bringBack(editor, store, saved, drafts) {
  for (const { clause, why, text, theirs, error } of saved) {
    const line = editor.line(clause);
    const mine = drafts.findLast((draft) => draft.clause === clause)?.text ?? text;
    if (why === "conflict" && line && clean(mine) === line.text) store.forget(clause);
    else if (why === "conflict" && line) {
      editor.problems.set(clause, { why, mine, theirs: line.text ?? theirs, line: { ...line }, error });
      editor.settled.set(clause, line.text);
      line.text = mine;
      editor.tell("change", { structure: true });
    } else editor.problem(clause, { why: line ? why : "gone", mine, error });
  }
}
