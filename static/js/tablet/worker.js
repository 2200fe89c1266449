// Answers from what a leader's review page has stored (static/js/tablet/shelf.js) when the network does not.
// It stores nothing itself and holds no data: the stores carry the person's key in their name, are
// made by the page, and are deleted at sign-out.
//
// pages       the network first; the stored page of that meeting when it fails or is slow
// documents   the store first: an address names one version of a file, which never changes
// all others  the network; a stored copy only when it fails

const STORES = "lucngan-review-";
const REVIEW = /^(.*\/hoi-nghi\/[0-9a-f-]{36}\/duyet\/)(?:[0-9a-f-]{36}\/)?$/;
const FILE = /\/hoi-nghi\/tai-lieu\/[0-9a-f-]{36}\/$/;
const INDEX = /^(.*\/hoi-nghi\/duyet\/)$/;
const PATIENCE = 7000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (FILE.test(url.pathname)) event.respondWith(file(request, url));
  else if (request.mode === "navigate") event.respondWith(page(request, url));
  else if (["style", "script", "image", "font"].includes(request.destination)) event.respondWith(asset(request));
});

async function stored(address) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(STORES)) continue;
    const found = await (await caches.open(name)).match(address, { ignoreSearch: true, ignoreVary: true });
    if (found) return found;
  }
  return undefined;
}

async function file(request, url) {
  return (await stored(url.pathname)) ?? fetch(request);
}

async function asset(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const found = await stored(new URL(request.url).pathname);
    if (found) return found;
    throw error;
  }
}

/** The stored copy of a page: of a meeting whichever item is asked for; the list where nothing else is there. */
async function copyOf(url) {
  const meeting = url.pathname.match(REVIEW);
  return (await stored(meeting ? meeting[1] : url.pathname)) ?? (await list());
}

async function list() {
  for (const name of await caches.keys()) {
    if (!name.startsWith(STORES)) continue;
    const cache = await caches.open(name);
    const found = (await cache.keys()).find(({ url }) => INDEX.test(new URL(url).pathname));
    if (found) return cache.match(found, { ignoreVary: true });
  }
  return undefined;
}

async function page(request, url) {
  const network = fetch(request);
  network.catch(() => {}); // told below, or no longer asked for
  const review = REVIEW.test(url.pathname) || url.pathname.includes("/duyet/");
  try {
    if (!review) return await network;
    const first = await Promise.race([network, slow()]);
    if (first) return first;
    return (await copyOf(url)) ?? (await network);
  } catch (error) {
    const found = await copyOf(url);
    if (found) return found;
    throw error;
  }
}

function slow() {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
}
