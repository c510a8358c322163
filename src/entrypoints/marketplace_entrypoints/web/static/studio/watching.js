// News of videos that are being made playable, while any is.

let news = null;

function place() {
  return document.querySelector("[data-events]");
}

async function redrawn(row) {
  const answer = await fetch(`/studio/videos/${row.dataset.video}/row`);
  if (!answer.ok || answer.redirected) return;
  const drawn = new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
  row.replaceWith(document.adoptNode(drawn));
}

function show(event) {
  const row = document.getElementById(`video-${event.video_id}`);
  if (!row) return;
  const finished = event.state === "ready" || event.state === "failed";
  if (finished && row.dataset.state !== event.state) {
    row.dataset.state = event.state;
    redrawn(row);
    return;
  }
  row.dataset.state = event.state;
  const badge = row.querySelector("[data-badge]");
  badge.textContent = event.says;
  badge.className = `badge ${event.colour}`;
  const progress = row.querySelector("progress");
  progress.value = event.progress_percent;
  progress.hidden = finished || event.state === "awaiting_upload";
  const reason = row.querySelector("[data-reason]");
  reason.textContent = event.reason;
  reason.hidden = !event.reason;
}

export function watch() {
  const around = place();
  if (!around || news || !around.querySelector("[data-under-way]")) return;
  news = new EventSource(around.dataset.events);
  const stop = () => { news?.close(); news = null; };
  news.addEventListener("video", (message) => show(JSON.parse(message.data)));
  news.addEventListener("settled", stop);
  news.addEventListener("error", () => {
    if (news?.readyState !== EventSource.CLOSED) return; // it connects again by itself
    stop();
    around.querySelector("[data-live-broken]")?.removeAttribute("hidden");
  });
  window.addEventListener("pagehide", stop, { once: true });
}
