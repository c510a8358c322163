// What pages gain from scripts, and nothing that they need: the reader's time zone, the count in the basket.

const YEAR = 31536000;

function keep(name, value) {
  const secure = location.protocol === "https:";
  document.cookie = `${secure ? "__Host-" : ""}${name}=${value}; path=/; max-age=${YEAR}; samesite=lax${secure ? "; secure" : ""}`;
}

keep("zone", Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC");

document.addEventListener("basket", (event) => {
  const count = document.getElementById("basket-count");
  if (count) count.textContent = event.detail.value > 0 ? String(event.detail.value) : "";
});

// Of rooms that do not fit side by side, the one we are in is shown.
document.querySelector(".rooms [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
