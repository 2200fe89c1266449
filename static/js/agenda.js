// The agenda on the page of a meeting. Everything here is also a plain form; this keeps the focus, moves
// rows by keys and mouse, and sets many items at once without leaving the page.

import { wireAdd } from "./agenda/add.js";
import { wireBodies } from "./agenda/bodies.js";
import { wireEdit } from "./agenda/edit.js";
import { wireOrder } from "./agenda/order.js";
import { $$, data, fields, panel, rowOf, send } from "./agenda/page.js";
import { clear, wirePick } from "./agenda/pick.js";
import { show } from "./agenda/swap.js";

function wireForms() {
  panel.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("#ag-row, #ag-many, #ag-kq")) return;
    event.preventDefault();
    const sent = fields(form, event.submitter);
    const menu = event.submitter?.closest("details");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus({ preventScroll: true });
    }
    const done = show(await send(form.action, sent));
    if (done && form.matches("#ag-many")) {
      form.reset();
      for (const field of $$("#ag-many input[type=hidden]:not([name=csrfmiddlewaretoken])")) field.value = "";
      clear();
    }
  });
}

/** A result is kept as soon as it is chosen, a note when one leaves its field. */
function wireOutcomes() {
  panel.addEventListener("change", async (event) => {
    if (event.target.getAttribute("form") !== "ag-kq") return;
    const row = rowOf(event.target);
    const values = {};
    for (const field of row.querySelectorAll("input[form=ag-kq]")) {
      if (field.type !== "radio" || field.checked) values[field.name] = field.value;
    }
    show(await send(document.getElementById("ag-kq").action, data(values)));
  });
}

if (panel) {
  wireBodies();
  wirePick();
  wireOrder();
  wireEdit();
  wireForms();
  wireOutcomes();
  wireAdd();
}
