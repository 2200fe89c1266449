// The history tab: the server's list, fetched when it is looked at.

import { fragment } from "./api.js";
import { $, config, el, t } from "./page.js";

export function wireHistory(editor, inspector) {
  const box = $("#panel-3");
  let at = null;
  inspector.opened.set(3, async () => {
    if (at === editor.revision && box.children.length) return;
    if (!box.children.length) box.replaceChildren(el("p", { class: "muted small" }, t("loading")));
    const html = config.urls.history ? await fragment(config.urls.history, { "HX-Request": "true" }) : null;
    if (html === null) {
      box.replaceChildren(el("p", { class: "muted small" }, t("historyFailed")));
      return;
    }
    const page = new DOMParser().parseFromString(html, "text/html");
    const list = page.querySelector("[data-history], main") ?? page.body;
    box.replaceChildren(...[...list.childNodes].map((node) => document.importNode(node, true)));
    at = editor.revision;
  });
}
