// The form of a series shows the fields of the day that its frequency uses; without script all are there.
const form = document.querySelector("[data-series-form]");

function show() {
  const frequency = form.elements.frequency.value;
  form.querySelectorAll("[data-for]").forEach((part) => {
    part.hidden = !part.dataset.for.split(" ").includes(frequency);
  });
}

if (form) {
  form.elements.frequency.addEventListener("change", show);
  show();
}
