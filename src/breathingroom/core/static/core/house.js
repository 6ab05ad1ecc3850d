// Small courtesies. Every page works without this file.

// A form that has been changed warns before its words are lost; sending it is not losing it.
const changed = new Set();
document.addEventListener("input", ({ target }) => {
  if (target.form?.matches("[data-keep]")) changed.add(target.form);
});
document.addEventListener("submit", ({ target }) => changed.delete(target));
window.addEventListener("beforeunload", (event) => {
  if ([...changed].some((form) => form.isConnected)) event.preventDefault();
});

// What one must type back to confirm opens the button; the server checks it again.
for (const field of document.querySelectorAll("[data-type-back]")) {
  const button = field.form.querySelector("[type=submit]");
  const judge = () => { button.disabled = field.value.trim() !== field.dataset.typeBack; };
  field.addEventListener("input", judge);
  judge();
}

// Printing and going back need no server.
document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-print]")) window.print();
});
