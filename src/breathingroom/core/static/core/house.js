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

// Back and forward between searches show the page of the address they lead to. HTMX would let the answer to
// an older step arrive last and win, and a reload that a second step overtakes is dropped by the browser.
const here = () => location.pathname + location.search;
let shown = here();
let restoring = null;

async function restore() {
  restoring?.abort();
  const mine = restoring = new AbortController();
  const main = document.querySelector("main");
  main.inert = true;
  for (const busy of main.querySelectorAll(".htmx-request")) htmx.trigger(busy, "htmx:abort");
  try {
    const answer = await fetch(here(), { signal: mine.signal });
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    restoring = null;
  } catch {
    if (mine === restoring) location.reload();
  }
}

function show(page) {
  document.title = page.title;
  for (const part of ["main", "#next"]) document.querySelector(part)?.replaceWith(page.querySelector(part));
  shown = here();
  htmx.process(document.querySelector("main"));
}

window.addEventListener("popstate", () => { if (restoring || here() !== shown) restore(); });
document.addEventListener("htmx:pushedIntoHistory", () => { shown = here(); });
document.addEventListener("htmx:historyCacheMiss", (event) => event.preventDefault());
document.addEventListener("htmx:beforeRequest", (event) => { if (restoring) event.preventDefault(); });
window.addEventListener("beforeunload", () => { restoring?.abort(); restoring = null; });
