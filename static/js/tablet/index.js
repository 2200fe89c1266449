// The list of meetings without a connection: which of them this browser has stored.

async function tell() {
  const note = document.querySelector("[data-stored-only]");
  note.hidden = navigator.onLine;
  if (navigator.onLine || !("caches" in window)) return;
  for (const link of document.querySelectorAll(".awaiting .t a")) {
    const stored = await caches.match(link.getAttribute("href"), { ignoreVary: true });
    const line = link.closest("li").querySelector(".d");
    if (!stored && !line.dataset.told) {
      line.dataset.told = "1";
      line.append(` (${note.dataset.absent})`);
    }
  }
}

tell();
addEventListener("online", tell);
addEventListener("offline", tell);
