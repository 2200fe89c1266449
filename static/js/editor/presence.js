// Other windows: what they changed, who they are and where they write. Asked every few seconds.

import { ask } from "./api.js";
import { $, config, el, t } from "./page.js";

const OFTEN = 4000;
const SELDOM = 15000;

export class Presence {
  constructor(editor, sheet, outline, win, fields) {
    Object.assign(this, { editor, sheet, outline, win, fields });
    this.people = [];
    this.again = false;
    editor.addEventListener("unknown", () => { this.again = true; });
    editor.addEventListener("resync", () => this.resync());
    document.addEventListener("visibilitychange", () => !document.hidden && this.soon(100));
    this.soon(1500);
  }

  soon(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), wait);
  }

  async look() {
    const { editor } = this;
    const { queue } = editor;
    if (queue.sending || queue.structural || this.fields.composing) return this.soon(1000);
    const { epoch } = queue;
    const params = new URLSearchParams({ tu: this.again ? 0 : editor.revision, o: editor.current ?? "", w: this.win });
    const { is, data } = await ask(`${config.urls.changes}?${params}`);
    if (is === "ok") {
      this.meet(data.people ?? []);
      if (queue.epoch === epoch && !this.fields.composing) this.take(data);
      if (queue.state === "offline" || queue.state === "broken") queue.retry();
    } else if (is === "session" && queue.state === "idle") queue.become("session");
    return this.soon(document.hidden ? SELDOM : OFTEN);
  }

  take(data) {
    const { editor } = this;
    if (data.state && data.state !== "draft" && config.editable) editor.tell("closed");
    if (data.revision === editor.revision && !this.again) return;
    this.again = false;
    const known = data.lines.every((line) => !editor.line(line.id));
    editor.revision = data.revision;
    editor.merge(data);
    if (known) this.soon(500);
  }

  /** Fetch the document anew after something local could not be done. */
  async resync() {
    const response = await fetch(location.pathname, { credentials: "same-origin" }).catch(() => null);
    if (!response?.ok || response.redirected) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const read = (id) => JSON.parse(page.getElementById(id)?.textContent ?? "null");
    const lines = read("editor-lines");
    if (lines && !this.editor.queue.structural) this.editor.replace(lines, read("editor-config").revision);
  }

  meet(people) {
    const key = JSON.stringify(people);
    if (key === this.key) return;
    this.key = key;
    this.people = people;
    this.outline.people = new Map(people.filter((p) => p.clause).map((p) => [p.clause, p]));
    const cite = (p) => (p.clause && this.editor.line(p.clause) ? t("editingAt", { name: p.name, path: this.sheet.cite(p.clause) }) : p.name);
    $("#people").replaceChildren(...people.slice(0, 4).map((p, n) =>
      el("span", { class: `ava a${(n % 3) + 1}`, title: cite(p), role: "img", "aria-label": cite(p) }, p.initials)));
    this.outline.later();
    this.editor.tell("people", { people });
  }
}
