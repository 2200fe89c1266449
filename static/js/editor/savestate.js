// The state of saving, in the document bar: always there, never a dialog, never silent.

import { $, config, icon, t } from "./page.js";
import { clock } from "./text.js";

const ICONS = { idle: "cloud-check", sending: "refresh", offline: "cloud-off", broken: "alert", session: "login", forbidden: "lock" };

export class SaveState {
  constructor(editor, sheet) {
    this.editor = editor;
    this.sheet = sheet;
    this.at = null;
    this.shown = "";
    const { queue } = editor;
    queue.addEventListener("state", () => this.draw());
    queue.addEventListener("answer", () => { this.at = new Date(); });
    editor.addEventListener("typed", () => this.draw());
    for (const name of ["flushed", "problem"]) editor.addEventListener(name, () => this.draw());
    $("#saved-retry").addEventListener("click", () => {
      if (queue.state === "session") this.editor.tell("signin");
      else queue.retry();
    });
    this.draw();
  }

  words() {
    const { queue } = this.editor;
    const n = queue.size;
    switch (queue.state) {
      case "offline": return t("offline", { n });
      case "broken": return t("broken", { where: this.where() });
      case "session": return t("session");
      case "forbidden": return queue.error ?? t("notThere");
      case "sending": return t("saving");
      default:
        if (!config.editable) return t("readonly");
        if (this.undecided()) return this.why(this.undecided());
        if (this.editor.doc.order.some((id) => this.editor.dirty(id))) return t("saving");
        return this.at ? t("saved", { time: clock(this.at) }) : t("savedNone");
    }
  }

  /** A clause with two texts, or with words that the server refused: it is not saved. */
  undecided() {
    return [...this.editor.problems.keys()].find((id) => this.editor.line(id));
  }

  why(id) {
    const { why, error } = this.editor.problems.get(id);
    return why === "conflict" ? t("undecided", { path: this.sheet.cite(id) }) : (error ?? t("refused"));
  }

  where() {
    const op = this.editor.queue.pending[0]?.op;
    const id = op?.clause ?? op?.id;
    return id && this.editor.line(id) ? t("brokenAt", { path: this.sheet.cite(id) }) : "";
  }

  draw() {
    const words = this.words();
    const { state } = this.editor.queue;
    if (words === this.shown) return;
    this.shown = words;
    $("#saved-words").textContent = words;
    const look = state === "idle" && this.undecided() ? "broken" : state;
    $("#saved").dataset.state = look;
    $("#saved-icon").replaceChildren(icon(ICONS[look] ?? "cloud-check"));
    const retry = $("#saved-retry");
    retry.hidden = !["offline", "broken", "session"].includes(state);
    retry.textContent = t(state === "session" ? "signIn" : "retry");
  }
}
