// Uploading: drop a file, see its size refused before it travels, watch it go. Without script the form does the same.
const form = document.querySelector("form[data-upload]");
const field = form.querySelector("input[type=file]");
const zone = form.querySelector("[data-drop]");
const errors = form.querySelector("[data-upload-error]");
const bar = form.querySelector("[data-bar]");

function say(sentence) {
  errors.replaceChildren();
  zone.classList.toggle("bad", Boolean(sentence));
  if (!sentence) return;
  const p = document.createElement("p");
  p.className = "invalid-feedback";
  p.setAttribute("role", "alert");
  p.textContent = sentence;
  errors.append(p);
}

function tooBig() {
  const file = field.files[0];
  const big = Boolean(file && file.size > Number(form.dataset.limit));
  say(big ? form.dataset.tooBig : "");
  form.querySelector("[data-chosen]").textContent = file ? file.name : "";
  return big;
}

field.addEventListener("change", tooBig);
for (const name of ["dragover", "dragleave", "drop"]) {
  zone.addEventListener(name, (event) => {
    event.preventDefault();
    zone.classList.toggle("over", name === "dragover");
    if (name === "drop" && event.dataTransfer.files.length) {
      field.files = event.dataTransfer.files;
      tooBig();
    }
  });
}

form.addEventListener("submit", (event) => {
  if (tooBig()) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  if (!field.files.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  send();
}, true);

function send() {
  const request = new XMLHttpRequest();
  const button = form.querySelector("button.btn-primary");
  bar.hidden = false;
  button.setAttribute("aria-disabled", "true");
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.querySelector("progress").value = (100 * event.loaded) / event.total;
  });
  const failed = () => {
    bar.hidden = true;
    button.removeAttribute("aria-disabled");
    say(form.dataset.failed);
  };
  request.addEventListener("error", failed);
  request.addEventListener("abort", failed);
  request.addEventListener("load", () => {
    if (request.status < 400 && request.responseURL !== window.location.href) {
      window.location.assign(request.responseURL);
      return;
    }
    bar.hidden = true;
    button.removeAttribute("aria-disabled");
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const told = page.querySelector("form[data-upload] .invalid-feedback");
    say(told ? told.textContent.trim() : form.dataset.failed);
  });
  request.open("POST", form.action || window.location.href);
  request.send(new FormData(form));
}
