// What finding gains from a script: arrow keys walk through the suggestions, Escape puts them away; filters that were
// unfolded stay unfolded while the results beside them change.

const finder = document.querySelector(".top .finder");
const box = finder?.querySelector("input[type=search]");
const shelf = finder?.querySelector(".suggestions");

function move(event, step) {
  const links = [...shelf.querySelectorAll("a")];
  if (!links.length) return;
  event.preventDefault();
  const next = links.indexOf(document.activeElement) + step;
  if (next < 0) box.focus();
  else links[Math.min(next, links.length - 1)].focus();
}

finder?.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "ArrowDown") move(event, 1);
  else if (event.key === "ArrowUp" && document.activeElement !== box) move(event, -1);
  else if (event.key === "Escape" && shelf.childElementCount) {
    event.preventDefault();
    shelf.replaceChildren();
    box.focus();
  }
});

let unfolded = false;
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id === "found") unfolded = document.getElementById("filters")?.open ?? false;
});
document.addEventListener("htmx:afterSwap", () => {
  const filters = document.getElementById("filters");
  if (filters && unfolded) filters.open = true;
});
