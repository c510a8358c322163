// What is shown while it happens: a place is fetched anew when an event names one of the words in its data-live.

const places = () => [...document.querySelectorAll("[data-live]")];
let written = false; // somebody has begun to fill in a form, and must not lose it
let fetching = false;

document.addEventListener("input", (event) => { if (event.target.closest?.("[data-live]")) written = true; });

function concerns(place, text) {
  return place.dataset.live.split(" ").some((word) => word && text.includes(word));
}

function say(place) {
  const notices = document.getElementById("notices");
  if (!notices || notices.querySelector("[data-news]")) return;
  const note = document.createElement("div");
  note.className = "note";
  note.dataset.news = "";
  const link = document.createElement("a");
  link.href = location.href;
  link.textContent = place.dataset.liveSays;
  note.append(link);
  notices.append(note);
}

async function renew(place) {
  if (written || place.contains(document.activeElement) || place.querySelector("details[open]")) return say(place);
  if (fetching) return;
  fetching = true;
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-live]");
    if (!fresh) return;
    const adopted = document.adoptNode(fresh);
    place.replaceWith(adopted);
    window.htmx?.process(adopted);
  } finally {
    fetching = false;
  }
}

function heard(text) {
  for (const place of places()) if (text === "" || concerns(place, text)) renew(place);
}

if (places().length && window.EventSource) {
  const news = new EventSource("/events");
  news.addEventListener("message", (message) => heard(message.data));
  news.addEventListener("reset", () => heard(""));
  window.addEventListener("pagehide", () => news.close(), { once: true });
}
