// Dialogs: the table of keys, signing in again in place, and the drawer for the parts around the text.

import { fragment } from "./api.js";
import { $, $$, config, el, say, t } from "./page.js";

/** The table of keys. */
export function openKeys() {
  const dialog = $("#keys-dialog");
  if (!dialog.open) dialog.showModal();
}

export function wireDialogs() {
  document.addEventListener("click", (event) => {
    const close = event.target.closest("[data-close]");
    if (close) close.closest("dialog").close();
    else if (event.target.matches?.("dialog[open]") && outside(event)) event.target.close();
  });
}

function outside(event) {
  const { left, right, top, bottom } = event.target.getBoundingClientRect();
  return event.clientX < left || event.clientX > right || event.clientY < top || event.clientY > bottom;
}

/** Sign in again without leaving the page: the sign-in form is fetched and sent from here. */
export class SignIn {
  constructor(editor) {
    this.editor = editor;
    this.dialog = $("#signin-dialog");
    this.form = $("form", this.dialog);
    this.error = $("[role=alert]", this.dialog);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    editor.addEventListener("signin", () => this.open());
    editor.queue.addEventListener("state", () => {
      if (editor.queue.state === "session" && this.last !== "session") say(t("session"));
      this.last = editor.queue.state;
    });
  }

  open() {
    if (this.dialog.open) return;
    this.back = document.activeElement;
    this.error.hidden = true;
    $("#signin-count").textContent = t("sessionKept", { n: this.editor.queue.size });
    this.dialog.showModal();
    const name = $("[name=username]", this.form);
    (name.value ? $("[name=password]", this.form) : name).focus();
  }

  async send() {
    const { login } = this.dialog.dataset;
    const page = await fragment(login);
    const fresh = page && new DOMParser().parseFromString(page, "text/html").querySelector("[name=csrfmiddlewaretoken]");
    const body = new URLSearchParams(new FormData(this.form));
    if (fresh) body.set("csrfmiddlewaretoken", fresh.value);
    let response;
    try {
      response = await fetch(login, { method: "POST", body, credentials: "same-origin", headers: { "X-Requested-With": "fetch" } });
    } catch {
      return this.fail(t("offlineNow"));
    }
    const inside = response.redirected && !new URL(response.url).pathname.startsWith(login);
    if (!inside) {
      const answer = new DOMParser().parseFromString(await response.text(), "text/html");
      const words = $$(".invalid-feedback, [role=alert]", answer).map((node) => node.textContent.trim()).filter(Boolean)[0];
      return this.fail(words ?? t("signInFailed"));
    }
    $("[name=password]", this.form).value = "";
    this.dialog.close();
    this.back?.focus?.();
    this.editor.queue.state = "idle";
    this.editor.queue.retry();
    say(t("signedIn"));
    return true;
  }

  fail(words) {
    this.error.textContent = words;
    this.error.hidden = false;
    $("[name=password]", this.form).focus();
  }
}

/** Letterhead, recipients, signer: the server's form in a drawer; the sheet shows the result at once. */
export class Drawer {
  constructor(editor) {
    this.editor = editor;
    this.dialog = $("#details-dialog");
    this.body = $("#details-body");
    document.addEventListener("click", (event) => {
      const link = event.target.closest("[data-drawer]");
      if (!link || event.ctrlKey || event.metaKey || !config.editable) return;
      event.preventDefault();
      this.open(link);
    });
    this.body.addEventListener("submit", (event) => this.submit(event));
    this.dialog.addEventListener("close", () => this.back?.focus?.());
  }

  async open(link) {
    this.back = link;
    const html = await fragment(config.urls.details, { "HX-Request": "true" });
    if (html === null) {
      location.assign(config.urls.details);
      return;
    }
    this.fill(html);
    this.dialog.showModal();
    const part = link.dataset.drawer ? this.body.querySelector(`#${link.dataset.drawer}`) : null;
    part?.scrollIntoView({ block: "start" });
    (part ?? this.body).querySelector("input:not([type=hidden]), textarea, select")?.focus();
  }

  fill(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const form = page.querySelector("[data-details]") ?? page.querySelector("main form")?.closest("section, form") ?? page.querySelector("form") ?? page.body;
    this.body.replaceChildren(document.importNode(form, true));
    window.htmx?.process(this.body);
  }

  async submit(event) {
    event.preventDefault();
    const form = event.target;
    const body = new FormData(form, event.submitter);
    const response = await fetch(form.getAttribute("action") || config.urls.details, { method: "POST", body, credentials: "same-origin", headers: { "HX-Request": "true" } }).catch(() => null);
    if (!response) {
      say(t("offlineNow"), { error: true });
      return;
    }
    const text = await response.text();
    const failed = response.status >= 400 || /is-invalid|invalid-feedback|note late/.test(text);
    if (failed && !response.redirected && text.includes("<form")) {
      this.fill(text);
      this.body.querySelector(".is-invalid, [aria-invalid=true]")?.focus();
      return;
    }
    this.dialog.close();
    await this.redraw();
    this.editor.tell("details");
    say(t("detailsSaved"));
  }

  /** Letterhead and tail as the server draws them now. */
  async redraw() {
    const html = await fragment(location.pathname);
    if (!html) return;
    const page = new DOMParser().parseFromString(html, "text/html");
    for (const part of [".vb-top", ".vb-end"]) {
      const fresh = page.querySelector(part);
      if (fresh) $(part).replaceWith(document.importNode(fresh, true));
    }
  }
}
