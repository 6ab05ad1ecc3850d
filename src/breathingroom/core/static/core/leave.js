// Leaving at once: the page we came from must not be one step back, so the history entry is replaced.
const link = document.querySelector("[data-leave]");
const leave = () => {
  document.documentElement.hidden = true;
  try { sessionStorage.clear(); } catch { /* nothing is kept where nothing can be */ }
  location.replace(link.href);
};

link?.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

let presses = [];
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  presses = [...presses.filter((at) => event.timeStamp - at < 2000), event.timeStamp];
  if (presses.length >= 3) leave();
});
