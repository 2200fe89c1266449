// The leader's review: one item at a time, decisions that go on to the next, all of it with or without
// a connection. The server's page holds every item; the script shows the one that the address names.

import { $, $$, config, icon, say, t, uuid } from "./dom.js";
import { Outbox } from "./outbox.js";
import { load, Shelf } from "./shelf.js";

const main = $("main.review");
const outbox = new Outbox(config.person);
const shelf = new Shelf(config);
let reachable = true;
let refreshing = null;

// One item at a time

const articles = () => $$(".item");
const shown = () => $(".item:not([hidden])");
const articleOf = (id) => articles().find((each) => each.dataset.item === id);
const lineOf = (id) => $(`.li[data-goto="${id}"]`);
const addressed = () => location.pathname.slice(config.base.length).replace("/", "");

function show(id, { push = true, focus = true } = {}) {
  const next = articleOf(id);
  if (!next) return;
  closeSheets();
  for (const each of articles()) each.hidden = each !== next;
  for (const line of $$(".li")) {
    if (line.dataset.goto === id) line.setAttribute("aria-current", "true");
    else line.removeAttribute("aria-current");
  }
  main.classList.replace("at-list", "at-item");
  lineOf(id)?.scrollIntoView({ block: "nearest" });
  if (push && addressed() !== id) history.pushState(null, "", `${config.base}${id}/`);
  if (focus) $("h2", next).focus({ preventScroll: true });
  $(".in", next).scrollTop = 0;
}

function toList() {
  main.classList.replace("at-item", "at-list");
  if (addressed()) history.pushState(null, "", config.base);
}

function step(by) {
  const all = articles();
  const at = all.indexOf(shown());
  const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
  if (next && next !== shown()) show(next.dataset.item);
}

/** After a decision: the next item without one, from here on and then from the start. */
function goOn(from) {
  const all = articles();
  const at = all.findIndex((each) => each.dataset.item === from);
  const next = [...all.slice(at + 1), ...all.slice(0, at)].find((each) => !said(each));
  if (next) show(next.dataset.item);
  else {
    say(t("last", { n: all.length }));
    show(from);
  }
}

function closeSheets() {
  for (const sheet of $$("details[data-menu][open]")) sheet.open = false;
}

addEventListener("popstate", () => {
  const id = addressed();
  if (id) show(id, { push: false, focus: false });
  else main.classList.replace("at-item", "at-list");
});

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const line = event.target.closest("[data-goto]");
  const back = event.target.closest("[data-to-list]");
  const drop = event.target.closest("[data-drop]");
  if (line) {
    event.preventDefault();
    show(line.dataset.goto);
  } else if (back) {
    event.preventDefault();
    toList();
  } else if (drop) {
    const write = outbox.writes.find(({ op }) => op === drop.dataset.drop);
    if (write) outbox.drop(write);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select, summary, details[open]") || event.ctrlKey || event.metaKey || event.altKey) return;
  const inList = event.target.closest(".ll") !== null;
  const forward = event.key === "j" || event.key === "J" || event.key === "ArrowRight" || (inList && event.key === "ArrowDown");
  const backward = event.key === "k" || event.key === "K" || event.key === "ArrowLeft" || (inList && event.key === "ArrowUp");
  if (!forward && !backward) return;
  event.preventDefault();
  step(forward ? 1 : -1);
  if (inList) lineOf(shown().dataset.item)?.focus();
});

// What is written

/** The decision that stands for an item: what still waits here, else what the page says. */
function said(article) {
  const id = article.dataset.item;
  let now = article.dataset.was;
  for (const { item, items, kind } of outbox.pending) {
    if (item !== id && !items?.includes(id)) continue;
    if (kind === "agree" || kind === "revise" || kind === "defer") now = kind;
    if (kind === "rest" && !now) now = "agree";
    if (kind === "none") now = "";
  }
  return now;
}

/** What was acknowledged stands until the server's page says so itself. */
function settle({ item, items, kind }) {
  for (const article of articles()) {
    const id = article.dataset.item;
    if (id === item && ["agree", "revise", "defer"].includes(kind)) article.dataset.was = kind;
    if (id === item && kind === "none") article.dataset.was = "";
    if (items?.includes(id)) article.dataset.was ||= "agree";
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const kind = form.dataset.write;
  if (!kind || event.defaultPrevented) return;
  event.preventDefault();
  const body = new FormData(form, event.submitter);
  body.delete("csrfmiddlewaretoken");
  const field = $("textarea[name=text]", form);
  if (kind === "note" && !field.value.trim()) {
    field.focus();
    return;
  }
  const op = uuid();
  body.set("op", op);
  body.set("person", config.person);
  body.set("made", String(Date.now()));
  const item = form.closest(".item")?.dataset.item ?? null;
  const shares = body.get("private") !== "1";
  const write = {
    op, item, kind,
    url: form.getAttribute("action"),
    body: [...body].map(([name, value]) => [name, String(value)]),
    text: field ? field.value.trim() : "",
    private: kind === "note" && !shares,
    items: kind === "rest" ? body.getAll("item") : null,
  };
  if (kind === "note") {
    field.value = "";
    field.focus();
  }
  closeSheets();
  outbox.add(write).then(() => {
    if (kind === "agree" || kind === "revise" || kind === "defer") goOn(item);
    if (!reachable) say(t("queued"), "warning");
  });
});

outbox.addEventListener("sent", ({ detail }) => {
  reachable = true;
  settle(detail.write);
  if (outbox.pending.length) return;
  say(outbox.late > 1 ? t("sent", { n: outbox.late }) : detail.said);
  outbox.late = 0;
  refresh();
});
outbox.addEventListener("refused", ({ detail }) => {
  say(detail.error, "error");
  refresh();
});
outbox.addEventListener("state", () => draw());

// What is drawn over the server's page: marks, waiting words, the state of the network

function draw() {
  marks();
  waiting();
  network();
}

function marks() {
  let done = 0;
  for (const article of articles()) {
    const now = said(article);
    done += now ? 1 : 0;
    const line = lineOf(article.dataset.item);
    const look = $(`template[data-said="${now || "none"}"]`).content;
    const [words, mark] = look.children;
    $(".said", line).replaceChildren(...words.cloneNode(true).childNodes);
    $(".o", line).replaceChildren(...mark.cloneNode(true).childNodes);
    const waits = outbox.pending.some(({ item, items }) => item === article.dataset.item || items?.includes(article.dataset.item));
    $("[data-pending]", article).hidden = !waits || outbox.state === "sending" || outbox.state === "idle";
  }
  const all = articles().length;
  if (!all) return;
  $(".ll progress").value = done;
  $(".pr [data-spoken]").textContent = t("spoken", { n: done, all });
  $(".pr [data-left]").textContent = done === all ? t("allSaid") : t("left", { n: all - done });
  if ($(".rest")) $(".rest").hidden = done === all;
}

/** Words that wait, and words that the server refused, stand at their item. */
function waiting() {
  for (const box of $$("[data-waiting]")) box.replaceChildren();
  for (const write of outbox.writes) {
    const article = articleOf(write.item) ?? shown();
    if (!article || (!write.text && !write.refused)) continue;
    const note = document.createElement("div");
    note.className = write.refused ? "nt refused" : "nt waits";
    const words = document.createElement("p");
    words.className = "txt";
    words.textContent = write.text;
    const small = document.createElement("small");
    if (write.refused) small.append(icon("alert"), ` ${t("refused")} ${write.refused}`);
    else small.append(icon(write.private ? "lock" : "people"), ` ${t("noteWaiting")}`);
    note.append(words, small);
    if (write.refused) {
      const drop = document.createElement("button");
      drop.type = "button";
      drop.className = "btn btn-outline-secondary";
      drop.dataset.drop = write.op;
      drop.textContent = t("dismiss");
      note.append(drop);
    }
    $("[data-waiting]", article).append(note);
  }
}

function network() {
  const line = $("#net");
  const n = outbox.pending.length;
  const parts = [];
  let link = null;
  if (outbox.state === "stranger") {
    parts.push(t("stranger"));
    link = [location.pathname, t("reload")];
  } else if (outbox.state === "session") {
    parts.push(t("session"));
    if (n) parts.push(t("kept", { n }));
    link = [`${config.login}?next=${encodeURIComponent(location.pathname)}`, t("signIn")];
  } else if (!reachable || outbox.state === "offline") {
    parts.push(t("offline", { made: config.made }));
    if (n) parts.push(t("waiting", { n }));
  } else if (outbox.state === "broken") parts.push(t("broken"));
  line.hidden = !parts.length;
  const sentence = parts.join(" ");
  if (line.dataset.says === sentence) return;
  line.dataset.says = sentence;
  line.replaceChildren(icon(link ? "lock" : "cloud-off"), document.createTextNode(sentence));
  if (link) {
    const anchor = document.createElement("a");
    [anchor.href, anchor.textContent] = link;
    line.append(anchor);
  }
}

// The server's page again: after a change, when the network is back, and once at the beginning

function refresh() {
  refreshing = (refreshing ?? Promise.resolve()).then(renew, renew);
  return refreshing;
}

async function renew() {
  const got = await load(config.base);
  if (got.state === "session") outbox.stop("session");
  if (got.state !== "ok") {
    reachable = got.state !== "offline";
    draw();
    return;
  }
  reachable = true;
  const fresh = new DOMParser().parseFromString(got.text, "text/html");
  const theirs = JSON.parse(fresh.getElementById("review-config")?.textContent ?? "null");
  if (theirs?.person !== config.person) {
    outbox.stop(theirs ? "stranger" : "session");
    return;
  }
  config.made = theirs.made;
  merge(fresh);
  await shelf.keepPage(got, fresh);
}

/** Take over what changed; what is being typed and what is open stays. */
function merge(fresh) {
  const current = shown()?.dataset.item;
  const scrolled = $(".lines")?.scrollTop ?? 0;
  if (!$(".ll details[open]")) $(".ll").innerHTML = fresh.querySelector(".ll").innerHTML;
  for (const node of fresh.querySelectorAll(".item")) {
    const old = articleOf(node.dataset.item);
    if (old) replace(old, document.importNode(node, true));
    else $(".lm").append(document.importNode(node, true));
  }
  const ids = [...fresh.querySelectorAll(".item")].map((node) => node.dataset.item);
  for (const old of articles()) if (!ids.includes(old.dataset.item)) old.remove();
  for (const [n, id] of ids.entries()) {
    const here = articleOf(id);
    if (articles()[n] !== here) $(".lm").insertBefore(here, articles()[n]);
  }
  const at = articleOf(current) ? current : ids[0];
  if (at) keepShowing(at);
  if ($(".lines")) $(".lines").scrollTop = scrolled;
  $(".tt .s").textContent = fresh.querySelector(".tt .s").textContent;
  draw();
}

function keepShowing(id) {
  for (const each of articles()) each.hidden = each.dataset.item !== id;
  for (const line of $$(".li")) {
    if (line.dataset.goto === id) line.setAttribute("aria-current", "true");
    else line.removeAttribute("aria-current");
  }
}

function replace(old, node) {
  node.hidden = old.hidden;
  if ($("details[open]", old)) return; // a sheet is open: the next time
  const field = $(".nin textarea", old);
  const typed = field?.value ?? "";
  const focused = field !== null && document.activeElement === field;
  const heading = document.activeElement === $("h2", old);
  const scrolled = $(".in", old).scrollTop;
  old.replaceWith(node);
  const again = $(".nin textarea", node);
  if (again) again.value = typed;
  if (focused && again) again.focus();
  if (heading) $("h2", node).focus({ preventScroll: true });
  $(".in", node).scrollTop = scrolled;
}

// Reading without a connection

shelf.addEventListener("state", () => {
  const chip = $("#offline");
  const looks = {
    storing: ["st-wait", "refresh", shelf.files.length ? t("storing", { have: shelf.have, all: shelf.files.length }) : t("storingPage")],
    stored: ["st-done", "cloud-check", t("stored")],
    lacking: ["st-soon", "cloud-off", t("lacking", { n: shelf.missing?.length ?? 0 })],
    unstored: ["st-soon", "cloud-off", t("notStored")],
    none: ["", "plug", t("onlineOnly")],
  };
  const [tint, sign, words] = looks[shelf.state] ?? [];
  if (!words) return;
  chip.hidden = false;
  chip.className = `st offline ${tint}`;
  chip.replaceChildren(icon(sign), document.createTextNode(words));
});

addEventListener("online", () => {
  outbox.retry();
  refresh();
});
addEventListener("offline", () => {
  reachable = false;
  draw();
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && (!reachable || outbox.pending.length)) {
    outbox.retry();
    refresh();
  }
});

const asked = addressed();
if (asked && articleOf(asked)) show(asked, { push: false, focus: false });
else lineOf(shown()?.dataset.item)?.scrollIntoView({ block: "nearest" });
await outbox.start();
await shelf.start();
if (shelf.page && !shelf.missing.length && !navigator.onLine) shelf.become("stored");
await refresh();
if (shelf.store && !shelf.filling && shelf.state === "waiting") {
  await shelf.count();
  shelf.become(shelf.page ? (shelf.missing.length ? "lacking" : "stored") : "unstored");
}
