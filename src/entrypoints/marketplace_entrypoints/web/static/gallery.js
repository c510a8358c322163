// What the pictures of a product gain from a script: they open large, in place; without one they open by themselves.

const viewer = document.getElementById("viewer");
const pictures = [...document.querySelectorAll("a[data-large]")];
let at = 0;

function show(index) {
  at = (index + pictures.length) % pictures.length;
  const [picture, small] = [viewer.querySelector("img"), pictures[at].querySelector("img")];
  picture.src = pictures[at].href;
  picture.alt = small.alt;
  picture.width = small.getAttribute("width");
  picture.height = small.getAttribute("height");
}

if (viewer?.showModal && pictures.length) {
  for (const button of viewer.querySelectorAll("[data-step]")) {
    button.hidden = pictures.length < 2;
    button.addEventListener("click", () => show(at + Number(button.dataset.step)));
  }
  viewer.querySelector("[data-close]").addEventListener("click", () => viewer.close());
  viewer.addEventListener("click", (event) => event.target.closest("img, button") || viewer.close());
  viewer.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) show(at + step);
  });
  pictures.forEach((link, index) =>
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(index);
      viewer.showModal();
    }),
  );
}
