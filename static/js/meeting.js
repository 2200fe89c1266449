// The form of a meeting: rows that are added, moved and removed, and people found without marks (ARIA combobox).
(() => {
  const lists = (form) => form.querySelectorAll("[data-rows]");
  const total = (form, name) => form.querySelector(`[name="${name}-TOTAL_FORMS"]`);

  function numbered(list) {
    let n = 0;
    list.querySelectorAll("[data-row]").forEach((row) => {
      const order = row.querySelector("[name$='-ORDER']");
      if (order) order.value = row.hidden ? "" : (n += 1);
    });
  }

  function changed(from) {
    from.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function add(button) {
    const form = button.form || button.closest("form");
    const name = button.dataset.rowAdd;
    const list = form.querySelector(`[data-rows="${name}"]`);
    const count = total(form, name);
    const html = form.querySelector(`[data-row-template="${name}"]`).innerHTML.replaceAll("__prefix__", count.value);
    list.insertAdjacentHTML("beforeend", html);
    count.value = Number(count.value) + 1;
    numbered(list);
    wire(list.lastElementChild);
    if (name === "sessions") scopes(form);
    list.lastElementChild.querySelector("input[type=text]").focus();
  }

  function remove(button) {
    const row = button.closest("[data-row]");
    const list = row.closest("[data-rows]");
    row.querySelector("[name$='-DELETE']").checked = true;
    row.hidden = true;
    numbered(list);
    if (list.dataset.rows === "sessions") scopes(list.closest("form"));
    const left = [...list.querySelectorAll("[data-row]:not([hidden])")].at(-1);
    const next = left ? left.querySelector("[data-row-remove]") : list.parentElement.querySelector("[data-row-add]");
    next.focus();
    changed(list);
  }

  function move(row, step, name) {
    const list = row.closest("[data-rows]");
    let other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    while (other && other.hidden) other = step < 0 ? other.previousElementSibling : other.nextElementSibling;
    if (!other) return;
    const active = document.activeElement;
    if (step < 0) other.before(row);
    else other.after(row);
    numbered(list);
    (name ? row.querySelector(`[data-row-${name}]`) : active).focus();
  }

  // Who attends one session only chooses among the sessions as they are typed now.
  function scopes(form) {
    const rows = [...form.querySelectorAll('[data-rows="sessions"] [data-row]')];
    const options = rows.map((row) => {
      const title = row.querySelector("[name$='-title']");
      const n = title.name.match(/-(\d+)-/)[1];
      const gone = row.hidden || !title.value.trim();
      return { value: `s${n}`, label: `${form.dataset.session} ${Number(n) + 1} ${title.value.trim()}`.trim(), gone };
    });
    const selects = [...form.querySelectorAll("[name$='-scope']")];
    const template = form.querySelector('[data-row-template="attendees"]');
    if (template) selects.push(template.content.querySelector("[name$='-scope']"));
    selects.forEach((select) => {
      const group = select.querySelector("optgroup");
      const chosen = select.value;
      group.replaceChildren(...options.filter((o) => !o.gone || o.value === chosen).map((o) => new Option(o.label, o.value)));
      select.value = chosen;
    });
  }

  // One list of suggestions under the field that is typed in.
  let turn = 0;
  let timer = 0;

  async function look(form, words, kinds) {
    const asked = kinds.map(async (kind) => {
      const answer = await fetch(`${form.dataset[kind]}?q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" } });
      return answer.ok ? ((await answer.json())[kind] ?? []).map((each) => ({ ...each, kind })) : [];
    });
    const found = (await Promise.all(asked)).flat();
    const fold = (text) => text.toLowerCase().normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll("đ", "d");
    const begins = (each) => Number(!fold(each.name).includes(fold(words)));
    return found.sort((a, b) => begins(a) - begins(b));
  }

  function close(input) {
    turn += 1;
    clearTimeout(timer);
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    input.parentElement.querySelector(".found")?.remove();
  }

  function show(input, rows) {
    close(input);
    if (document.activeElement !== input) return;
    const form = input.closest("form");
    const list = document.createElement("ul");
    list.className = "found";
    list.id = `${input.id}-tim`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels[0]?.textContent ?? "");
    rows.slice(0, 8).forEach((each, n) => {
      const item = document.createElement("li");
      item.id = `${input.id}-${n}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dataset.ref = `${each.kind === "people" ? "p" : "a"}${each.id}`;
      item.dataset.name = each.name;
      const name = document.createElement("b");
      name.textContent = each.name;
      const more = document.createElement("span");
      const kind = each.kind === "people" ? form.dataset.person : form.dataset.agency;
      more.textContent = each.full && each.full !== each.name ? each.full : kind;
      item.append(name, more);
      list.append(item);
    });
    if (!rows.length) {
      const none = document.createElement("li");
      none.className = "note-line";
      none.setAttribute("role", "option");
      none.setAttribute("aria-disabled", "true");
      none.textContent = form.dataset.none;
      list.append(none);
    }
    input.parentElement.append(list);
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "true");
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const item = event.target.closest("[data-ref]");
      if (item) choose(input, item);
    });
  }

  function choose(input, item) {
    input.value = item.dataset.name;
    const row = input.closest("[data-row]");
    const ref = row && row.querySelector("input[type=hidden][name$='-ref']");
    if (ref && input.name.endsWith("-who")) ref.value = item.dataset.ref;
    close(input);
    changed(input);
  }

  function mark(input, step) {
    const items = [...(input.parentElement.querySelectorAll(".found [data-ref]") ?? [])];
    if (!items.length) return false;
    const at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
    const next = (at + step + items.length + (at < 0 && step < 0 ? 1 : 0)) % items.length;
    items.forEach((item, n) => item.setAttribute("aria-selected", String(n === next)));
    items[next].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", items[next].id);
    return true;
  }

  function typed(input) {
    const row = input.closest("[data-row]");
    const ref = row && row.querySelector("input[type=hidden][name$='-ref']");
    if (ref && input.name.endsWith("-who")) ref.value = "";
    clearTimeout(timer);
    const words = input.value.trim();
    if (words.length < 2) {
      close(input);
      return;
    }
    const mine = (turn += 1);
    timer = setTimeout(async () => {
      const rows = await look(input.closest("form"), words, input.dataset.pick.split(" "));
      if (mine === turn) show(input, rows);
    }, 150);
  }

  function key(event) {
    const input = event.target;
    if (event.isComposing) return;
    const open = input.parentElement.querySelector(".found");
    const chosen = open && open.querySelector("[aria-selected=true]");
    if (event.key === "ArrowDown" && !event.altKey && open && mark(input, 1)) event.preventDefault();
    else if (event.key === "ArrowUp" && !event.altKey && open && mark(input, -1)) event.preventDefault();
    else if (event.key === "Enter" && open && chosen) {
      event.preventDefault();
      choose(input, chosen);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      close(input);
    } else if (event.key === "Tab" && chosen) choose(input, chosen);
  }

  function wire(root) {
    root.querySelectorAll("[data-pick]").forEach((input) => {
      if (input.dataset.wired) return;
      input.dataset.wired = "1";
      input.parentElement.classList.add("picking");
      input.setAttribute("role", "combobox");
      input.setAttribute("aria-autocomplete", "list");
      input.setAttribute("aria-expanded", "false");
      input.addEventListener("input", () => typed(input));
      input.addEventListener("keydown", key);
      input.addEventListener("blur", () => close(input));
    });
  }

  function start() {
    const form = document.querySelector("form#lap-hoi-nghi");
    if (!form || form.dataset.ready) return;
    form.dataset.ready = "1";
    lists(form).forEach((list) => {
      numbered(list);
      wire(list);
    });
    scopes(form);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-row-add], [data-row-remove], [data-row-up], [data-row-down]");
    if (!button) return;
    if (button.matches("[data-row-add]")) add(button);
    else if (button.matches("[data-row-remove]")) remove(button);
    else if (button.matches("[data-row-up]")) move(button.closest("[data-row]"), -1, "up");
    else move(button.closest("[data-row]"), 1, "down");
  });

  document.addEventListener("keydown", (event) => {
    const row = event.target.closest && event.target.closest("[data-row]");
    if (!row || !event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    if (event.target.matches("select")) return;
    event.preventDefault();
    move(row, event.key === "ArrowUp" ? -1 : 1);
  });

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form#lap-hoi-nghi");
    if (!form) return;
    if (event.target.matches("[data-rows='sessions'] [name$='-title']")) scopes(form);
    if (event.target.matches("[name=series], [name=issuing_body]")) form.querySelector("[data-fill]")?.click();
  });

  document.addEventListener("htmx:afterSettle", start);
  start();
})();
