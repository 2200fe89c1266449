// Sending documents: sizes and kinds are refused before they travel, files go one by one with their
// progress, those that fail are named. And refusals (409, 422) are shown like any other answer.
const home = () => document.querySelector("#tai-lieu");

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status !== 409 && event.detail.xhr.status !== 422) return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
});
document.addEventListener("htmx:afterSwap", (event) => {
  const at = event.detail.target && document.getElementById(event.detail.target.id);
  if (at && document.activeElement === document.body) at.focus({ preventScroll: true });
});

function sizeOf(bytes) {
  return bytes < 1048576 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1).replace(".", ",")} MB`;
}

function filesOf(form) {
  return [...form.querySelectorAll("input[type=file]")].flatMap((field) => [...field.files]);
}

// Why a file need not travel; "" where it may.
function refusal(form, file) {
  if (file.size > Number(form.dataset.limit)) return form.dataset.tooBig;
  const ending = /\.[^.]+$/.exec(file.name.toLowerCase());
  return ending && !form.dataset.endings.split(",").includes(ending[0]) ? form.dataset.wrong : "";
}

function problem(form, name, sentence) {
  const line = document.createElement("p");
  line.className = "invalid-feedback";
  line.setAttribute("role", "alert");
  if (name) {
    const bold = document.createElement("b");
    bold.textContent = name;
    line.append(bold, ": ");
  }
  line.append(sentence);
  form.querySelector("[data-problems]").append(line);
}

function show(form) {
  const list = form.querySelector("[data-chosen]");
  form.querySelector("[data-problems]").replaceChildren();
  list.replaceChildren(...filesOf(form).map((file) => {
    const line = document.createElement("li");
    const name = document.createElement("span");
    const size = document.createElement("span");
    name.textContent = file.name;
    size.textContent = sizeOf(file.size);
    line.append(name, size);
    const sentence = refusal(form, file);
    line.classList.toggle("bad", Boolean(sentence));
    if (sentence) problem(form, file.name, sentence);
    return line;
  }));
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-filing]");
  if (form && event.target.type === "file") show(form);
});

for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    const zone = event.target.closest && event.target.closest("[data-drop]");
    if (!zone) return;
    event.preventDefault();
    zone.classList.toggle("over", name === "dragover");
    if (name === "drop" && event.dataTransfer.files.length) {
      const form = zone.closest("form");
      form.querySelector("input[type=file]").files = event.dataTransfer.files;
      show(form);
    }
  });
}

function post(form, file, moved) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const body = new FormData(form);
    body.delete("upload");
    body.append("upload", file, file.name);
    request.upload.addEventListener("progress", (event) => moved(event.lengthComputable ? event.loaded / event.total : 0));
    request.addEventListener("load", () => resolve(request));
    request.addEventListener("error", () => resolve(null));
    request.addEventListener("abort", () => resolve(null));
    request.open("POST", form.action);
    request.setRequestHeader("HX-Request", "true");
    request.send(body);
  });
}

// Sends the files in turn; gives the last page that came back, and who failed and why.
async function send(form, files) {
  const bar = form.querySelector("[data-bar]");
  const failed = [];
  const told = [];
  let page = null;
  bar.hidden = false;
  for (const [n, file] of files.entries()) {
    bar.querySelector("[data-state]").textContent = `${form.dataset.sending} ${n + 1}/${files.length}: ${file.name}`;
    const answer = await post(form, file, (part) => { bar.querySelector("progress").value = (100 * (n + part)) / files.length; });
    const here = answer && new DOMParser().parseFromString(answer.responseText, "text/html");
    if (here && here.querySelector("#tai-lieu")) page = here;
    if (here) told.push(...here.querySelectorAll("#thong-bao > *"));
    if (!answer || answer.status >= 400 || !here.querySelector("#tai-lieu")) {
      const said = here && here.querySelector("#tai-lieu .invalid-feedback");
      const name = said && said.querySelector("b");
      failed.push([file.name, said ? said.textContent.replace(name ? `${name.textContent}:` : "", "").trim() : form.dataset.failed]);
    }
  }
  bar.hidden = true;
  return { page, failed, told };
}

function renew(page, told) {
  const fresh = page.querySelector("#tai-lieu");
  document.querySelector(".toasts").append(...told);
  fresh.querySelector("#thong-bao")?.remove();
  fresh.querySelectorAll("[data-problems]").forEach((place) => place.replaceChildren());
  home().replaceWith(document.adoptNode(fresh));
  window.htmx.process(home());
  document.dispatchEvent(new Event("htmx:afterSettle"));
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-filing]");
  if (!form) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (form.dataset.busy) return;
  form.querySelector("[data-problems]").replaceChildren();
  const files = filesOf(form);
  if (!files.length) {
    problem(form, "", form.dataset.nothing);
    return;
  }
  const kept = files.map((file) => [file.name, refusal(form, file)]).filter((pair) => pair[1]);
  const going = files.filter((file) => !refusal(form, file));
  const button = form.querySelector("button.btn");
  form.dataset.busy = "1";
  button.setAttribute("aria-disabled", "true");
  const { page, failed, told } = await send(form, going);
  delete form.dataset.busy;
  button.removeAttribute("aria-disabled");
  const id = form.querySelector("input[type=file]").id;
  if (page) renew(page, told);
  const field = document.getElementById(id);
  const now = field ? field.closest("form") : form;
  for (const [name, sentence] of [...kept, ...failed]) problem(now, name, sentence);
  if (page) home().focus({ preventScroll: true });
}, true);
