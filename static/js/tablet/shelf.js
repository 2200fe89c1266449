// What is stored for reading without a connection: the page of the meeting, the list of meetings, the
// readers, what they look like, and every document that this person may read. One store for each person.

import { $$, configOf } from "./dom.js";

const STORES = "lucngan-review-";

/** What the browser is told of a stored answer; the rest (parts, validators) is of the network. */
const KEPT = ["Content-Type", "Content-Disposition", "Content-Security-Policy", "X-Content-Type-Options"];

export const works = () => "serviceWorker" in navigator && "caches" in window;

function copy(response, body) {
  const headers = new Headers();
  for (const name of KEPT) if (response.headers.has(name)) headers.set(name, response.headers.get(name));
  return new Response(body, { status: 200, headers });
}

/** A page as text; null without network or when the session is over: {text, response, state}. */
export async function load(url) {
  let response;
  try {
    response = await fetch(url, { headers: { Accept: "text/html" }, credentials: "same-origin", cache: "no-store" });
    if (response.redirected) return { state: "session" };
    if (!response.ok) return { state: response.status >= 500 ? "offline" : "gone" };
    return { state: "ok", text: await response.text(), response };
  } catch {
    return { state: "offline" };
  }
}

export class Shelf extends EventTarget {
  constructor(config) {
    super();
    this.config = config;
    this.files = config.files;
    this.have = 0;
    this.page = false;
    this.state = "waiting"; // waiting · storing · stored · lacking · none
    this.filling = false;
  }

  become(state) {
    this.state = state;
    this.dispatchEvent(new CustomEvent("state"));
  }

  /** Register the worker and open this person's store; what others left is deleted. */
  async start() {
    if (!works()) return this.become("none");
    const name = STORES + this.config.person;
    try {
      await navigator.serviceWorker.register(this.config.worker, { scope: "/" });
      await navigator.serviceWorker.ready;
      for (const each of await caches.keys()) if (each.startsWith(STORES) && each !== name) await caches.delete(each);
      // One handle for as long as the page lives: a store that sign-out deletes is not made anew by it.
      this.store = await caches.open(name);
      this.name = name;
    } catch {
      return this.become("none");
    }
    await this.count();
    return undefined;
  }

  /** Keep a copy of the page of the meeting; only one made for this person. */
  async keepPage({ text, response }, root) {
    if (!this.store || configOf(root)?.person !== this.config.person) return;
    try {
      await this.store.put(this.config.base, copy(response, text));
      this.page = true;
    } catch {
      this.page = false; // no room
    }
    this.files = configOf(root).files;
    await this.count();
    this.fill();
  }

  async has(url) {
    return Boolean(await this.store.match(url, { ignoreVary: true }));
  }

  /** How many documents are there, as the store says. */
  async count() {
    this.page = await this.has(this.config.base);
    const there = await Promise.all(this.files.map((file) => this.whole(file)));
    this.have = there.filter(Boolean).length;
    this.missing = this.files.filter((_, n) => !there[n]);
  }

  async whole({ url, page }) {
    return (await this.has(url)) && (!page || (await this.has(page)));
  }

  /** Fetch what is missing, one by one, telling how far it is. */
  async fill() {
    if (!this.store || this.filling) return;
    this.filling = true;
    if (this.state !== "stored" || this.missing.length) this.become("storing");
    try {
      await this.looks();
      await this.clean();
      for (const file of [...this.missing]) {
        if (await this.add(file)) this.have += 1;
        this.become("storing");
      }
      await this.count();
    } catch {
      /* no room, or deleted by a sign-out: what is there is counted below */
    } finally {
      this.filling = false;
    }
    this.become(this.page && this.missing.length === 0 ? "stored" : this.page ? "lacking" : "unstored");
  }

  async add({ url, page }) {
    for (const address of [url, page]) {
      if (!address || (await this.has(address))) continue;
      try {
        const response = await fetch(address, { credentials: "same-origin" });
        if (!response.ok || response.redirected) return false;
        await this.store.put(address, copy(response, await response.blob()));
      } catch {
        return false;
      }
    }
    return true;
  }

  /** Style sheets, scripts, icons of this page, and the list to which "back" leads. */
  async looks() {
    if (this.looked) return;
    this.looked = true;
    const seen = performance.getEntriesByType("resource").map(({ name }) => new URL(name));
    const linked = $$("link[rel=stylesheet], link[rel=icon], script[src], img[src]").map((node) => new URL(node.href ?? node.src));
    const own = [...seen, ...linked].filter(({ origin, pathname }) => origin === location.origin && /\.(css|js|svg|woff2?)$/.test(pathname));
    const addresses = new Set([...own.map(({ pathname }) => pathname), new URL(document.body.dataset.icons, location).pathname]);
    addresses.delete(new URL(this.config.worker, location).pathname);
    for (const address of addresses) await this.renew(address);
    for (const address of [this.config.list, ...this.config.looks]) await this.renew(address);
  }

  async renew(address) {
    try {
      const response = await fetch(address, { credentials: "same-origin" });
      if (response.ok && !response.redirected) await this.store.put(address, copy(response, await response.blob()));
    } catch {
      /* the older copy stays */
    }
  }

  /** Leave out versions that are no longer read, and meetings that are over for two days. */
  async clean() {
    const book = new URL(`${this.config.base}kho`, location).href;
    const wanted = this.files.flatMap(({ url, page }) => [url, page].filter(Boolean));
    const old = await this.noted(book);
    await this.drop(old.urls.filter((url) => !wanted.includes(url)));
    const note = { urls: wanted, until: this.config.until, base: this.config.base };
    await this.store.put(book, new Response(JSON.stringify(note), { headers: { "Content-Type": "application/json" } }));
    const limit = new Date(Date.now() - 2 * 86400000).toISOString().slice(0, 10);
    for (const { url } of await this.store.keys()) {
      if (!url.endsWith("/duyet/kho") || url === book) continue;
      const note = await this.noted(url);
      if (note.until && note.until < limit) await this.drop([...note.urls, note.base, url]);
    }
  }

  async noted(book) {
    const found = await this.store.match(book);
    return found ? found.json() : { urls: [] };
  }

  async drop(addresses) {
    for (const address of addresses) await this.store.delete(address, { ignoreVary: true });
  }
}
