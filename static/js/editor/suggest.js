// The list of bodies under a field (ARIA combobox pattern): one list for the whole page.

import { ask } from "./api.js";
import { $, config, el, t } from "./page.js";
import { clean } from "./text.js";

const WAIT = 120;

class Suggest {
  constructor() {
    this.box = null;
    this.options = [];
    this.at = 0;
    this.owner = null;
    this.turn = 0;
  }

  get open() {
    return this.owner !== null && this.options.length > 0;
  }

  element() {
    if (!this.box) {
      this.box = el("ul", { id: "suggest", class: "suggest", role: "listbox", "aria-label": t("bodies"), hidden: true });
      this.box.addEventListener("mousedown", (event) => {
        event.preventDefault();
        const option = event.target.closest("[role=option]");
        if (option) this.pick(Number(option.dataset.at));
      });
      $("#noi-dung").append(this.box);
    }
    return this.box;
  }

  /**
   * Look up words for a field. place() gives where the list stands {left, top, bottom};
   * picked(body) gets {name, agency}; `free` offers the typed words themselves.
   */
  ask(owner, words, { place, picked, free = false, skip = [] }) {
    const turn = (this.turn += 1);
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      const answer = await ask(`${config.urls.agencies}?q=${encodeURIComponent(words)}`);
      if (turn !== this.turn) return;
      const found = (answer.data.agencies ?? []).filter((each) => !skip.includes(each.name)).slice(0, 8);
      const options = found.map(({ id, name, full }) => ({ name, agency: id, full }));
      const typed = clean(words);
      if (free && typed && !options.some((o) => o.name.toLowerCase() === typed.toLowerCase())) {
        options.push({ name: typed, agency: null, full: t("freeName") });
      }
      this.show(owner, options, place, picked);
    }, WAIT);
  }

  show(owner, options, place, picked) {
    this.close(false);
    if (!options.length || document.activeElement !== owner) return;
    Object.assign(this, { owner, options, picked, at: 0 });
    const box = this.element();
    box.replaceChildren(...options.map((option, at) => this.option(option, at)));
    box.hidden = false;
    const { left, top, bottom } = place();
    const { width, height } = box.getBoundingClientRect();
    const y = bottom + height + 8 > innerHeight ? top - height - 4 : bottom + 4;
    box.style.setProperty("left", `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`);
    box.style.setProperty("top", `${Math.max(8, y)}px`);
    owner.setAttribute("aria-controls", "suggest");
    if (owner.getAttribute("role") === "combobox") owner.setAttribute("aria-expanded", "true");
    this.mark();
  }

  option({ name, agency, full }, at) {
    const more = agency === null ? full : full !== name ? full : "";
    return el("li", { role: "option", id: `suggest-${at}`, data: { at } }, el("b", {}, name), more ? el("span", {}, more) : null);
  }

  mark() {
    [...this.box.children].forEach((li, at) => li.setAttribute("aria-selected", String(at === this.at)));
    this.box.children[this.at]?.scrollIntoView({ block: "nearest" });
    this.owner.setAttribute("aria-activedescendant", `suggest-${this.at}`);
  }

  /** True when the key was used by the list. */
  key(event) {
    if (!this.open) return false;
    const n = this.options.length;
    switch (event.key) {
      case "ArrowDown": this.at = (this.at + 1) % n; this.mark(); return true;
      case "ArrowUp": this.at = (this.at + n - 1) % n; this.mark(); return true;
      case "Enter":
      case "Tab": this.pick(this.at); return true;
      case "Escape": this.close(); return true;
      default: return false;
    }
  }

  pick(at) {
    const option = this.options[at];
    const { picked } = this;
    this.close();
    if (option) picked({ name: option.name, agency: option.agency });
  }

  close(cancel = true) {
    if (cancel) {
      this.turn += 1;
      clearTimeout(this.timer);
    }
    if (!this.owner) return;
    this.owner.removeAttribute("aria-activedescendant");
    this.owner.removeAttribute("aria-controls");
    if (this.owner.getAttribute("role") === "combobox") this.owner.setAttribute("aria-expanded", "false");
    this.owner = null;
    this.options = [];
    this.element().hidden = true;
  }
}

export const suggest = new Suggest();

/** `@` in a clause: the words behind it look for a body, whose name takes their place. */
export function wireMention(editor, sheet, keys) {
  const asked = (field) => {
    const before = field.value.slice(0, field.selectionStart);
    return before.match(/(?:^|[\s("“])@([^@]{0,40})$/)?.[1] ?? null;
  };
  editor.addEventListener("typed", ({ detail: { id, field } }) => {
    const words = field ? asked(field) : null;
    if (words === null || document.activeElement !== field) {
      if (suggest.owner === field) suggest.close();
      return;
    }
    field.setAttribute("aria-autocomplete", "list");
    suggest.ask(field, words, {
      place: () => caretBox(field, sheet.mirror(id)),
      picked: ({ name }) => {
        const end = field.selectionStart;
        const start = end - (asked(field) ?? "").length - 1;
        field.setRangeText(name, start, end, "end");
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      },
    });
  });
  sheet.box.addEventListener("focusout", () => suggest.close());
  keys.before.push((event) => suggest.key(event));
}

function caretBox(field, mirror) {
  const node = mirror.firstChild;
  const range = document.createRange();
  range.setStart(node, Math.min(field.selectionStart, node.length));
  const rect = range.getBoundingClientRect();
  return rect.height ? rect : field.getBoundingClientRect();
}

/** Chips with a field to add more; `single` keeps at most one. */
export function bodyPicker({ key, label, values, single, changed, hint }) {
  const id = `pick-${key}`;
  const input = el("input", {
    id, type: "text", autocomplete: "off", spellcheck: false, role: "combobox", "aria-expanded": "false",
    "aria-autocomplete": "list", placeholder: values.length ? (single ? "" : t("addMore")) : t("pickBody"),
    "aria-describedby": hint ? `${id}-hint` : undefined, data: { keep: id },
  });
  const add = (body) => {
    const rest = single ? [] : values.filter((each) => each.name !== body.name);
    changed([...rest, body], id);
  };
  const look = () => suggest.ask(input, input.value, {
    place: () => box.getBoundingClientRect(), picked: add, free: true, skip: values.map((each) => each.name),
  });
  input.addEventListener("input", look);
  input.addEventListener("focus", look);
  input.addEventListener("blur", () => suggest.close());
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (suggest.owner === input && event.key !== "Tab" && suggest.key(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter" && clean(input.value)) {
      event.preventDefault();
      add({ name: clean(input.value), agency: null });
    } else if (event.key === "ArrowDown") look();
    else if (event.key === "Backspace" && !input.value && values.length) changed(values.slice(0, -1), id);
  });
  const chips = values.map((body) => el("span", { class: "body-chip" }, body.name, el("button", {
    type: "button", class: "x", "aria-label": t("takeOut", { name: body.name }),
    onclick: () => changed(values.filter((each) => each !== body), id),
  }, "×")));
  const box = el("div", { class: "pick", onclick: (event) => event.target === box && input.focus() }, ...chips, input);
  return el("div", { class: "fld" }, el("label", { class: "form-label", htmlFor: id }, label), box,
    hint ? el("div", { class: "form-text", id: `${id}-hint` }, hint) : null);
}

export const focusPicker = (key) => $(`#pick-${key}`)?.focus();
