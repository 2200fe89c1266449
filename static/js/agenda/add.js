// The field for new items: Enter makes an item and the field is ready for the next; pasted lines are
// as many items. What is understood of bodies, minutes and purpose is shown before Enter.

import { $, el, fields, send, t } from "./page.js";
import { show } from "./swap.js";

const MINUTES = /(?:^|\s)\(?(\d{1,3})\s?(?:phút|ph|p|')\)?\.?\s*$/i;
const BODY = /(?:^|\s)@([^@#]{2,200}?)\s*$/;
const PURPOSE = /(?:^|\s)#([^@#]{2,20}?)\s*$/;

/** What stands at the end of a line beside its text; the server reads it the same way. */
export function read(line) {
  const found = { bodies: [], minutes: "", purpose: "" };
  let text = line.trim();
  for (;;) {
    let m = text.match(MINUTES);
    if (m && !found.minutes) found.minutes = m[1];
    else if ((m = text.match(PURPOSE)) && !found.purpose) found.purpose = m[1];
    else if ((m = text.match(BODY))) found.bodies.unshift(m[1].replace(/[ ,;.]+$/, ""));
    else return found;
    text = text.slice(0, m.index).trimEnd();
  }
}

const chip = (words, more = "") => el("span", { class: "body-chip" }, words, more ? el("small", {}, ` ${more}`) : null);

export function wireAdd() {
  const form = $("[data-add]");
  if (!form) return;
  const field = $("textarea", form);
  const shown = $("[data-read]", form);
  const hint = $("[data-hint]", form);

  function look() {
    const lines = field.value.split("\n").filter((line) => line.trim());
    field.rows = Math.min(10, Math.max(1, field.value.split("\n").length));
    const { bodies, minutes, purpose } = read(lines.at(-1) ?? "");
    const chips = lines.length > 1 ? [t("lines", { n: lines.length })] : [
      ...bodies.map((name, n) => chip(name, t(n ? "coordinate" : "lead"))),
      ...(minutes ? [chip(t("minutes", { n: minutes }))] : []),
      ...(purpose ? [chip(purpose)] : []),
    ];
    shown.replaceChildren(...chips.flatMap((each) => [each, " "]));
    hint.hidden = chips.length > 0;
  }

  async function add() {
    const text = field.value;
    if (!text.trim()) return;
    const sent = fields(form);
    field.value = "";
    look();
    if (!show(await send(form.action, sent))) {
      field.value = field.value ? `${text.trimEnd()}\n${field.value}` : text;
      look();
    } else field.scrollIntoView({ block: "nearest" });
  }

  field.addEventListener("input", look);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.altKey || event.isComposing) return;
    event.preventDefault();
    add();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    add();
    field.focus();
  });
  look();
}
