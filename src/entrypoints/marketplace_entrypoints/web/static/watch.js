// What the feed of videos gains from a script: the arrow and page keys go from one video to the next.

const feed = document.getElementById("feed");
const CALM = matchMedia("(prefers-reduced-motion: reduce)");
const STEPS = { ArrowDown: 1, PageDown: 1, j: 1, ArrowUp: -1, PageUp: -1, k: -1 };

function shown(films) {
  const middle = innerHeight / 2;
  const at = films.findIndex((film) => film.getBoundingClientRect().bottom > middle);
  return at < 0 ? films.length - 1 : at;
}

if (feed) {
  document.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    const elsewhere = event.target.closest("input, textarea, select, .finder, marketplace-player [slot], media-controller");
    if (!step || elsewhere || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const films = [...feed.querySelectorAll("article")];
    const next = films[shown(films) + step];
    if (!next) return;
    event.preventDefault();
    next.scrollIntoView({ behavior: CALM.matches ? "auto" : "smooth", block: "start" });
    next.querySelector("h2 a").focus({ preventScroll: true });
  });
}
