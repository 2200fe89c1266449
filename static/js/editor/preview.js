// The real print beside the text: pages of the PDF of what the server has acknowledged.

import { ask } from "./api.js";
import { $, config, el, icon, t } from "./page.js";
import { clock, fill } from "./text.js";

const PAUSE = 900;
const ZOOMS = [50, 65, 80, 100, 125, 150];

export class Preview {
  constructor(editor) {
    this.editor = editor;
    this.box = $("#preview");
    this.button = $("#show-preview");
    this.zoom = 100;
    this.about = null;
    this.build();
    this.button.setAttribute("aria-expanded", "false");
    this.button.setAttribute("aria-controls", "preview");
    this.button.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || matchMedia("(max-width: 991.98px)").matches) return;
      event.preventDefault();
      this.toggle();
    });
    editor.queue.addEventListener("answer", () => this.later());
    editor.addEventListener("change", ({ detail }) => detail.remote && this.later());
    editor.addEventListener("details", () => this.later());
    editor.addEventListener("focus", () => this.follow());
  }

  get open() {
    return !this.box.hidden;
  }

  build() {
    const tool = (name, sign, act) => el("button", { type: "button", class: "iconbtn small", "aria-label": t(name), onclick: act }, icon(sign));
    this.time = el("span", { class: "muted" });
    this.complete = el("span", { class: "st", hidden: true });
    this.where = el("span", { class: "ms-auto muted nowrap" });
    this.status = el("span", { class: "visually-hidden", role: "status" });
    this.pages = el("div", { class: "pvin", tabIndex: 0, role: "region", "aria-label": t("previewPages") });
    this.pages.addEventListener("scroll", () => this.place(), { passive: true });
    this.box.append(
      el("div", { class: "pvbar" }, el("b", { class: "semi" }, t("preview")), this.time, this.complete, this.where, this.status,
        tool("zoomOut", "minus", () => this.scale(-1)), tool("zoomIn", "plus", () => this.scale(1)),
        el("a", { class: "iconbtn small", href: config.urls.pdf, download: "", "aria-label": t("downloadPdf") }, icon("download")),
        tool("print", "printer", () => this.print()), tool("closePreview", "x", () => this.toggle())),
      this.pages);
  }

  toggle() {
    const open = !this.open;
    this.box.hidden = !open;
    $("main.work").classList.toggle("split", open);
    this.button.setAttribute("aria-expanded", String(open));
    this.button.classList.toggle("btn-soft", open);
    this.button.classList.toggle("btn-outline-secondary", !open);
    $("[data-label]", this.button).textContent = t(open ? "closePreview" : "showPreview");
    if (open) this.refresh();
    else $("#tools").scrollLeft = 0;
    this.editor.tell("layout");
  }

  /** When typing has paused and everything is acknowledged. */
  later() {
    if (!this.open) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.editor.queue.size ? this.later() : this.refresh()), PAUSE);
  }

  async refresh() {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    this.box.setAttribute("aria-busy", "true");
    if (!this.about) this.time.textContent = t("previewBusy");
    const { is, data } = await ask(config.urls.preview);
    if (turn !== this.turn || !this.open) return;
    this.box.removeAttribute("aria-busy");
    if (is !== "ok") {
      this.failed(is);
      return;
    }
    if (this.about?.revision === data.revision && this.about?.pages === data.pages && !this.bad) return this.follow();
    this.about = data;
    this.draw(data);
  }

  failed(is) {
    this.bad = true;
    this.time.textContent = "";
    this.complete.hidden = false;
    this.complete.className = "st st-soon";
    this.complete.replaceChildren(icon("plug"), t(is === "offline" ? "previewOffline" : "previewFailed"));
  }

  draw({ revision, pages, complete }) {
    this.bad = false;
    const { scrollTop } = this.pages;
    const url = (n) => fill(config.urls.page, { revision, page: n });
    while (this.pages.children.length > pages) this.pages.lastElementChild.remove();
    for (let n = 1; n <= pages; n += 1) this.page(n, url(n));
    this.pages.scrollTop = scrollTop;
    this.time.textContent = t("updatedAt", { time: clock(new Date(), true) });
    const whole = complete.have === complete.all;
    this.complete.hidden = false;
    this.complete.className = whole ? "st st-done" : "st st-late";
    this.complete.replaceChildren(icon(whole ? "check" : "alert"), t("inPdf", complete));
    this.complete.title = (complete.missing ?? []).join("; ");
    this.status.textContent = t("inPdf", complete);
    this.follow();
    this.place();
  }

  /** A page keeps its old picture until the new one is there: no white flash. */
  page(n, url) {
    let box = this.pages.children[n - 1];
    if (!box) {
      box = el("div", { class: "pg" }, el("img", { alt: t("pageAlt", { n }), decoding: "async" }), el("div", { class: "sync", hidden: true }));
      this.pages.append(box);
    }
    const img = $("img", box);
    img.alt = t("pageAlt", { n });
    if (!img.src) {
      img.src = url;
      return;
    }
    const fresh = new Image();
    fresh.onload = () => { img.src = fresh.src; };
    fresh.src = url;
  }

  scale(step) {
    const at = Math.min(Math.max(ZOOMS.indexOf(this.zoom) + step, 0), ZOOMS.length - 1);
    const part = this.pages.scrollTop / (this.pages.scrollHeight || 1);
    this.zoom = ZOOMS[at];
    this.pages.dataset.zoom = this.zoom;
    this.pages.scrollTop = part * this.pages.scrollHeight;
    this.place();
  }

  /** Mark the edited clause with a blue edge and bring it into view. */
  follow() {
    for (const mark of this.pages.querySelectorAll(".sync")) mark.hidden = true;
    const places = this.about?.boxes?.[this.editor.current];
    if (!this.open || !places) return;
    const rows = Array.isArray(places[0]) ? places : [places];
    for (const [i, [page, top, bottom]] of rows.entries()) {
      const box = this.pages.children[page - 1];
      if (!box) continue;
      const mark = $(".sync", box);
      mark.hidden = false;
      mark.style.setProperty("top", `${top * 100}%`);
      mark.style.setProperty("height", `${(bottom - top) * 100}%`);
      if (i === 0) this.reveal(box, top, bottom);
    }
  }

  reveal(box, top, bottom) {
    const from = box.offsetTop + top * box.offsetHeight;
    const to = box.offsetTop + bottom * box.offsetHeight;
    const { scrollTop, clientHeight } = this.pages;
    if (from < scrollTop + 20 || to > scrollTop + clientHeight - 20) this.pages.scrollTop = from - clientHeight / 3;
  }

  place() {
    const boxes = [...this.pages.children];
    if (!boxes.length) return;
    const middle = this.pages.scrollTop + this.pages.clientHeight / 2;
    const at = boxes.findLastIndex((box) => box.offsetTop <= middle);
    this.where.textContent = `${Math.max(at, 0) + 1}/${boxes.length}`;
  }

  /** Print the official PDF, not this page. */
  print() {
    const frame = el("iframe", { class: "printer", src: config.urls.pdf, title: t("print"), tabIndex: -1 });
    frame.setAttribute("aria-hidden", "true");
    frame.addEventListener("load", () => {
      try {
        frame.contentWindow.focus();
        frame.contentWindow.print();
      } catch {
        open(config.urls.pdf, "_blank", "noopener");
      }
    });
    $("iframe.printer")?.remove();
    document.body.append(frame);
  }
}
