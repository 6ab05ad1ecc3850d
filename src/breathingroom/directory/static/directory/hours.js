// Hours by the clock of this browser, where nobody said another zone. Without this file they are in theirs.
// The page carries each stretch as two moments, so daylight saving needs no rules here.
const card = document.querySelector("[data-hours]");
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (card && zone) show(card, zone, document.documentElement.lang || "en");

function show(card, timeZone, lang) {
  const day = new Intl.DateTimeFormat("en", { timeZone, weekday: "short" });
  const name = new Intl.DateTimeFormat(lang, { timeZone, weekday: "long" });
  const time = new Intl.DateTimeFormat(lang, { timeZone, hour: "numeric", minute: "2-digit" });
  const order = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
  const spans = [...card.querySelectorAll("[data-begins]")].map((span) => {
    const [begins, ends] = [new Date(span.dataset.begins), new Date(span.dataset.ends)];
    const words = card.dataset.range.replace("{begins}", said(begins)).replace("{ends}", said(ends));
    span.textContent = words;
    return { span, name: name.format(begins), rank: order.indexOf(day.format(begins)) + clock.format(begins) };
  });
  function said(moment) {
    const words = time.format(moment);
    return lang.startsWith("en") ? words.replace(":00", "").replace(/\sAM/, " a.m.").replace(/\sPM/, " p.m.") : words;
  }
  spans.sort((one, other) => one.rank.localeCompare(other.rank));
  const week = document.createElement("dl");
  week.className = "hours__week";
  let last = null;
  for (const { span, name } of spans) {
    if (last?.name !== name) {
      const title = week.appendChild(document.createElement("dt"));
      title.textContent = name.charAt(0).toUpperCase() + name.slice(1);
      last = { name, cell: week.appendChild(document.createElement("dd")) };
    }
    last.cell.append(span);
  }
  card.querySelector(".hours__week").replaceWith(week);
  const place = timeZone.split("/").pop().replaceAll("_", " ");
  card.querySelector("[data-hours-said]").textContent = card.dataset.said.replace("{place}", place);
}
