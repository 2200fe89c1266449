// On every page: what the browser has stored for reading without a connection is this person's alone.
// Signing out deletes it, the sign-in page deletes it, and so does the first page of anybody else.
// Only stores of that name are touched: the words that the programme editor keeps are not.

const STORES = "lucngan-review-";
const here = document.currentScript;
const person = here?.dataset.person ?? "";

async function forget(except = "") {
  if (!("caches" in window)) return;
  const names = (await caches.keys()).filter((name) => name.startsWith(STORES) && name !== except);
  await Promise.all(names.map((name) => caches.delete(name)));
}

forget(person && STORES + person).catch(() => {});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-sign-out]")) return;
  event.preventDefault();
  const patience = new Promise((resolve) => setTimeout(resolve, 1500));
  Promise.race([forget().catch(() => {}), patience]).then(() => form.submit());
});

// The sign-in page says, without their words, that somebody's opinions still wait on this machine.
const note = document.querySelector("[data-kept-opinions]");
if (note && "indexedDB" in window) {
  const request = indexedDB.open("lucngan-review", 1);
  request.onupgradeneeded = () => request.transaction.abort();
  request.onsuccess = () => {
    const db = request.result;
    const count = db.transaction("writes").objectStore("writes").count();
    count.onsuccess = () => {
      note.hidden = !count.result;
      note.querySelector("[data-count]").textContent = String(count.result);
      db.close();
    };
  };
  request.onerror = () => {};
}
