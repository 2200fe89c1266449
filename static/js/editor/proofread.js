// Every check on the whole paper, as its page of findings says it: asked of the server while the tab is
// open, when typing pauses; what the clauses' own cards already say is not said again.

import { ask } from "./api.js";
import { $, config, el, icon, say, t } from "./page.js";

const PAUSE = 900;

/** What a clause's own card says, by the codes of the checks that would say it too. */
const SAME = {
  "weekday.wrong": ["date.weekday"],
  "date.impossible": ["date.impossible"],
  "date.outside": ["date.period"],
  "date.off": ["date.dayoff"],
  "date.weekend": ["date.dayoff"],
  "glyph.missing": ["letters.unprintable"],
  body: ["item.unassigned"],
};

/** The findings that no card of their clause says already. Pure. */
export function unsaid(findings, here) {
  const said = new Set(here.flatMap(({ id, finding }) => (SAME[finding.code] ?? []).map((code) => `${id} ${code}`)));
  return findings.filter(({ clause, code }) => !said.has(`${clause} ${code}`));
}

export class Proofread {
  constructor(editor, sheet, inspector, findings) {
    Object.assign(this, { editor, sheet, inspector, findings });
    this.box = el("section", { "aria-label": t("wholePaper"), "aria-live": "off" });
    $("#panel-2").append(this.box);
    inspector.opened.set(2, () => {
      findings.draw();
      this.look();
    });
    editor.queue.addEventListener("state", () => this.later());
    editor.addEventListener("change", () => this.later());
  }

  get wanted() {
    return this.inspector.shown === 2 && !document.hidden;
  }

  later() {
    clearTimeout(this.timer);
    if (this.wanted) this.timer = setTimeout(() => this.look(), PAUSE);
  }

  /** Ask, when everything typed is saved and something is new. */
  async look({ again = false } = {}) {
    const { editor } = this;
    if (!this.wanted || this.asking) return;
    if (editor.queue.size) return this.later();
    if (!again && this.at === editor.revision) return;
    this.asking = true;
    const { is, data } = await ask(config.urls.findings);
    this.asking = false;
    if (is !== "ok") return this.failed();
    this.at = editor.revision;
    this.draw(data);
    if (data.revision !== this.at) this.later();
  }

  failed() {
    if (!this.box.children.length) this.box.replaceChildren(el("p", { class: "muted small" }, t("checksFailed")));
  }

  draw({ findings, passed }) {
    const here = this.findings.all();
    const rest = unsaid(findings, here);
    const held = this.box.contains(document.activeElement);
    this.findings.whole = rest.length;
    this.findings.key = null;
    this.findings.draw();
    this.box.replaceChildren(
      el("h2", { class: "fs-12 muted" }, t("wholePaper")),
      ...rest.map((finding) => this.card(finding)),
      el("p", { class: "d-flex gap-2 align-items-center small" }, icon("check"), t(here.length + rest.length ? "checksPassed" : "nothingFound", { n: passed.length })));
    if (held) $("#panel-2").focus();
  }

  card(finding) {
    const refused = finding.severity === "refuse";
    const pieces = finding.pieces.some(([kind]) => kind !== "equal")
      ? el("p", { class: "q" }, ...finding.pieces.map(([kind, text]) => (kind === "equal" ? text : el(kind, {}, text)))) : null;
    const known = finding.clause && this.editor.line(finding.clause);
    return el("article", { class: "find", "aria-label": finding.sentence },
      el("div", { class: "hd" },
        finding.severity === "hint" ? el("span", { class: "st" }, icon("info"), t("hint"))
          : el("span", { class: refused ? "st st-late" : "st st-soon" }, icon(refused ? "alert" : "warning"), t(refused ? "mustFix" : "toLook")),
        known ? el("button", { type: "button", class: "linkbtn", onclick: () => this.go(finding) }, finding.where) : el("span", {}, finding.where)),
      el("div", { class: "bd" }, el("p", {}, finding.sentence), pieces,
        el("div", { class: "ac" },
          config.editable && finding.repairs
            ? el("button", { type: "button", class: "btn btn-soft btn-sm", onclick: () => this.tell("mend", finding) }, icon("check"), t(finding.repairs > 1 ? "repairAll" : "acceptFix", { n: finding.repairs })) : null,
          finding.maySilence ? this.keeping(finding) : null)));
  }

  /** Giữ nguyên, with its reason. */
  keeping(finding) {
    const reason = el("input", { class: "form-control form-control-sm", maxLength: 300, required: true, "aria-label": t("reason"), placeholder: t("reason") });
    const form = el("form", { class: "d-flex gap-2 mt-2" }, reason, el("button", { class: "btn btn-plain btn-sm" }, t("leaveAsIs")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.tell("keep", finding, { reason: reason.value });
    });
    return el("details", {}, el("summary", { class: "btn btn-plain btn-sm" }, t("leaveBecause")), form);
  }

  go({ clause, start }) {
    this.sheet.focus(clause, start);
  }

  /** A repair or a word of keeping; its answer is said, then the paper is looked at anew. */
  async tell(what, { key }, more = {}) {
    const { is, data } = await ask(config.urls[what], new URLSearchParams({ key, ...more }));
    say(data.sentence ?? t("checksFailed"), { error: is !== "ok" });
    if (what === "mend" && is === "ok") this.editor.tell("resync");
    await this.look({ again: true });
  }
}
