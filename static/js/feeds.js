// Copying the address: by the clipboard where the browser lets us, else it is selected for the keyboard.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.focus();
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    return; // selected: Ctrl+C does the rest
  }
  document.querySelector("[data-copied]").textContent = button.dataset.done;
});
