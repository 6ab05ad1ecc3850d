// Courtesies of Find care. Every page works without them. What is kept stays in this tab and goes with it.
const KEY = "shortlist";
const all = (what, inside = document) => inside.querySelectorAll(what);
const text = (what, inside) => inside.querySelector(what)?.innerText.trim() ?? "";

function kept() {
  try { return JSON.parse(sessionStorage.getItem(KEY)) ?? []; } catch { return []; }
}

function keep(people) {
  try { sessionStorage.setItem(KEY, JSON.stringify(people)); } catch { /* then the ticks alone remain */ }
  tell(people);
}

// -- results: ticks become a shortlist
function described(box) {
  const card = box.closest("article");
  const link = card.querySelector("h2 a");
  return {
    id: box.value, url: link.getAttribute("href"), title: link.innerText, about: text(".result__main > p", card),
    answer: [text(".result__answer .chip", card), text(".result__answer .soft", card)].filter(Boolean).join(" · "),
    why: text(".why", card),
    fee: text(".result__side strong", card) + " · " + text(".result__side p", card),
  };
}

function tell(people) {
  for (const link of all("[data-shortlist]")) link.hidden = !people.length;
  for (const count of all("[data-shortlist-count]")) count.textContent = `(${people.length})`;
}

document.addEventListener("change", ({ target }) => {
  if (!target.matches("input[name=listing]")) return;
  const others = kept().filter(({ id }) => id !== target.value);
  keep(target.checked ? [...others, described(target)] : others);
});

// Those ticked on other pages of the results are compared as well.
document.addEventListener("submit", ({ target }) => {
  if (!target.matches("[data-tray]")) return;
  for (const field of all("[data-elsewhere]", target)) field.remove();
  const here = new Set([...all("input[name=listing]")].map((box) => box.value));
  for (const { id } of kept().filter(({ id }) => !here.has(id))) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "listing", value: id });
    field.dataset.elsewhere = "";
    target.append(field);
  }
});

function settle() {
  const ids = new Set(kept().map(({ id }) => id));
  for (const box of all("input[name=listing]")) box.checked = ids.has(box.value);
  tell(kept());
  for (const button of all("[data-copy-address], [data-with-scripts]")) button.hidden = !("print" in window);
}

// -- the address is the search
document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy-address]");
  if (!button) return;
  await navigator.clipboard.writeText(location.href);
  button.textContent = button.dataset.copied;
});

// -- the shortlist
const list = document.querySelector("[data-list]");

function draw() {
  const people = kept();
  list.replaceChildren(...people.map(drawn));
  list.hidden = !people.length;
  document.querySelector("[data-none]").hidden = people.length > 0;
  for (const button of all("[data-full]")) button.hidden = !people.length;
}

function drawn(person) {
  const one = document.querySelector("[data-person]").content.cloneNode(true);
  for (const part of ["title", "about", "answer", "why", "fee"]) {
    const place = one.querySelector(`[data-${part}]`);
    if (person[part]) place.textContent = person[part]; else place.remove();
  }
  if (/^\/find\/[0-9a-f-]{36}\//.test(person.url)) one.querySelector("[data-title]").href = person.url;
  const drop = one.querySelector("[data-drop]");
  drop.setAttribute("aria-label", `${drop.textContent}: ${person.title}`);
  drop.addEventListener("click", () => {
    keep(kept().filter(({ id }) => id !== person.id));
    draw();
    document.querySelector("[data-drop], [data-none] a:not([hidden])")?.focus();
  });
  return one;
}

if (list) {
  draw();
  document.querySelector("[data-empty-list]").addEventListener("click", () => { keep([]); draw(); });
} else {
  settle();
  document.addEventListener("htmx:load", settle);
}
