// Changing an item: its words in place (click or E), everything of it in a sheet.

import { $, data, el, fields, panel, rowOf, say, send, t, urlOf } from "./page.js";
import { hold, show } from "./swap.js";

const narrow = matchMedia("(max-width: 767.98px)");

function inline(row) {
  const link = row.querySelector("[data-edit]");
  if (!link || link.hidden) return;
  const field = el("textarea", { class: "form-control inline", rows: "2", lang: "vi", "aria-label": t("edit", { n: row.dataset.position }) });
  field.value = link.textContent;
  link.hidden = true;
  link.after(field);
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  hold(1);
  let done = false;
  const leave = (focus) => {
    done = true;
    hold(-1);
    link.hidden = false;
    field.remove();
    if (focus) link.focus();
  };
  const save = async (focus) => {
    if (done) return;
    const text = field.value.replace(/\s+/g, " ").trim();
    if (text === link.textContent.trim()) {
      leave(focus);
      return;
    }
    done = true;
    const answer = await send(urlOf(row), data({ noi_dung: text, chi_noi_dung: "1" }));
    if (answer?.ok) {
      leave(focus);
      show(answer);
      return;
    }
    done = false;
    show(answer);
    field.focus();
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      save(true);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      leave(true);
    }
  });
  field.addEventListener("blur", () => save(false));
}

const sheet = $("[data-sheet]");

async function open(url) {
  const answer = await send(url);
  const form = answer?.html.querySelector("[data-item-form]");
  if (!form) {
    say(t("failed"), { error: true });
    return;
  }
  sheet.replaceChildren(form);
  if (!sheet.open) sheet.showModal();
  $("textarea", sheet).focus();
}

async function submit(form, submitter) {
  const answer = await send(form.action, fields(form, submitter));
  const again = answer?.html.querySelector("[data-item-form]");
  if (again) {
    sheet.replaceChildren(again);
    $("[role=alert]", sheet)?.scrollIntoView({ block: "nearest" });
    return;
  }
  if (answer?.ok) sheet.close();
  show(answer);
}

export function wireEdit() {
  panel.addEventListener("click", (event) => {
    const link = event.target.closest("[data-edit], [data-open-sheet]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      if (link.matches("[data-edit]") && !narrow.matches) inline(rowOf(link));
      else {
        const menu = link.closest("details");
        if (menu) {
          menu.open = false;
          menu.querySelector("summary").focus();
        }
        open(link.href);
      }
    }
    if (event.target.closest("[data-close-sheet]") || event.target === sheet) sheet.close();
  });
  panel.addEventListener("keydown", (event) => {
    const row = rowOf(event.target);
    if (!row || event.key.toLowerCase() !== "e" || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target.matches("input:not([type=checkbox], [type=radio]), textarea, select")) return;
    event.preventDefault();
    inline(row);
  });
  panel.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-item-form]")) return;
    event.preventDefault();
    submit(event.target, event.submitter);
  });
}
