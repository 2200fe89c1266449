// The browser's own store (IndexedDB): what is not yet acknowledged outlives the tab and the server.
//
// ops:    {seq, doc, win, op, version, base}   waiting operations in order
// drafts: {doc, clause, win, text, version, base}   typed words that are not an operation yet
// saved:  {doc, clause, text, why, theirs}   words that found no place (conflict, gone, refused)

const NAME = "lucngan-editor";
const BEAT = 2000;

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function open() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    const db = request.result;
    db.createObjectStore("ops", { keyPath: "seq", autoIncrement: true }).createIndex("doc", "doc");
    db.createObjectStore("drafts", { keyPath: ["doc", "clause", "win"] }).createIndex("doc", "doc");
    db.createObjectStore("saved", { keyPath: ["doc", "clause"] }).createIndex("doc", "doc");
  };
  return done(request);
}

/** A store for one document and one window; without IndexedDB it says so and keeps nothing. */
export async function openStore(doc, win) {
  let db = null;
  try {
    db = await open();
  } catch {
    db = null;
  }
  let writing = 0;

  async function write(name, work) {
    if (!db) return undefined;
    writing += 1;
    try {
      return await done(work(db.transaction(name, "readwrite", { durability: "strict" }).objectStore(name)));
    } finally {
      writing -= 1;
    }
  }

  async function all(name) {
    if (!db) return [];
    return done(db.transaction(name).objectStore(name).index("doc").getAll(doc));
  }

  return {
    works: db !== null,
    /** True while something typed is on its way into the store. */
    busy: () => writing > 0 || db === null,
    addOp: (record) => write("ops", (s) => s.add({ ...record, doc, win })),
    putOp: (record) => write("ops", (s) => s.put({ ...record, doc, win })),
    dropOp: (seq) => write("ops", (s) => s.delete(seq)),
    putDraft: (draft) => write("drafts", (s) => s.put({ ...draft, doc, win })),
    dropDraft: (clause, of = win) => write("drafts", (s) => s.delete([doc, clause, of])),
    keep: (found) => write("saved", (s) => s.put({ ...found, doc })),
    forget: (clause) => write("saved", (s) => s.delete([doc, clause])),
    ops: () => all("ops"),
    drafts: () => all("drafts"),
    saved: () => all("saved"),
  };
}

/** Say that this window is alive, and learn which others are: theirs is left alone. */
export async function living(doc, win) {
  const start = `editor:${doc}:`;
  if (!navigator.locks) return beating(start, win);
  navigator.locks.request(start + win, () => new Promise(() => {})).catch(() => {});
  const { held = [], pending = [] } = await navigator.locks.query();
  const names = [...held, ...pending].map((lock) => lock.name).filter((name) => name.startsWith(start));
  return new Set([win, ...names.map((name) => name.slice(start.length))]);
}

/** The same by heartbeats, where an office serves the page without HTTPS and there are no locks. */
function beating(start, win) {
  const alive = new Set([win]);
  for (const name of Object.keys(localStorage).filter((each) => each.startsWith(start))) {
    if (Date.now() - Number(localStorage.getItem(name)) < BEAT * 3) alive.add(name.slice(start.length));
    else localStorage.removeItem(name);
  }
  const beat = () => localStorage.setItem(start + win, String(Date.now()));
  beat();
  setInterval(beat, BEAT);
  addEventListener("pagehide", () => localStorage.removeItem(start + win));
  return alive;
}
