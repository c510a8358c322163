// <marketplace-player>: a poster with one button, and a video that is fetched only when somebody wants to see it.
// Around a plain <video controls>, which is what a page without scripts shows. Texts, keys and events: see below.

const TEXTS = {
  en: {
    play: "Play video, {time}",
    loading: "Loading…",
    retry: "Try again",
    missing: "This video cannot be found.",
    network: "The video did not load. Check your connection and try again.",
    media: "This browser could not play the video.",
  },
  ru: {
    play: "Смотреть видео, {time}",
    loading: "Загрузка…",
    retry: "Попробовать ещё раз",
    missing: "Видео не найдено.",
    network: "Видео не загрузилось. Проверьте соединение и попробуйте ещё раз.",
    media: "Браузер не смог воспроизвести это видео.",
    controls: {
      Play: "Смотреть",
      Pause: "Пауза",
      play: "смотреть",
      pause: "пауза",
      Mute: "Выключить звук",
      Unmute: "Включить звук",
      mute: "выключить звук",
      unmute: "включить звук",
      volume: "громкость",
      seek: "перемотка",
      Captions: "Субтитры",
      "Enable captions": "Включить субтитры",
      "Disable captions": "Выключить субтитры",
      "closed captions": "субтитры",
      Off: "Выключены",
      "Enter fullscreen mode": "Во весь экран",
      "Exit fullscreen mode": "Выйти из полного экрана",
      "enter fullscreen mode": "во весь экран",
      "exit fullscreen mode": "выйти из полного экрана",
      "video player": "видео",
      "media loading": "загрузка",
      "playback time": "время",
      "{currentTime} of {totalTime}": "{currentTime} из {totalTime}",
      "{time} remaining": "осталось {time}",
      "video not loaded, unknown time.": "видео не загружено, время неизвестно.",
      hour: "ч",
      hours: "ч",
      minute: "мин",
      minutes: "мин",
      second: "с",
      seconds: "с",
    },
  },
};

const SEEK_SECONDS = 5;
const PROGRESS_EVERY_MS = 1000;
const PLAYLIST = "application/vnd.apple.mpegurl";
const CALM = matchMedia("(prefers-reduced-motion: reduce)");
const GONE = new Set([404, 410]);

let sounding = null;
let controlsTaught = false;

class MarketplacePlayer extends HTMLElement {
  #video;
  #source;
  #texts;
  #hls = null;
  #controller = null;
  #watch = null;
  #attempt = 0;
  #resumeAt = 0;
  #spoken;
  #recovered = false;
  #stoppedByViewer = false;
  #stoppedByUs = false;
  #reportedMs = 0;
  #listening = null;

  connectedCallback() {
    if (this.#listening) return;
    if (!this.querySelector("video") && document.readyState === "loading") {
      document.addEventListener("DOMContentLoaded", () => this.isConnected && this.connectedCallback(), { once: true });
      return;
    }
    this.#video = this.querySelector("video");
    if (!this.#video) return;
    this.#texts = TEXTS[this.#language()] ?? TEXTS.en;
    this.#undress();
    this.#listen();
    this.#show("idle", this.#startButton());
    if (this.ambient) this.#playWhileInView();
  }

  disconnectedCallback() {
    // Moved within the page, it goes on as it was; taken out of it, it lets go of everything.
    queueMicrotask(() => this.isConnected || this.#release());
  }

  /** Plays silently by itself while in view, over and over, where the viewer's settings allow it. */
  get ambient() {
    return this.hasAttribute("ambient");
  }

  get video() {
    return this.#video;
  }

  async play({ muted = this.#video.muted } = {}) {
    const attempt = ++this.#attempt;
    this.#video.muted = muted;
    this.#show("loading", this.#startButton({ busy: true }));
    try {
      await this.#load();
      if (attempt !== this.#attempt) return;
      await this.#video.play();
    } catch (refusal) {
      if (attempt !== this.#attempt) return;
      if (refusal.name === "NotAllowedError") this.#show("idle", this.#startButton());
      else if (refusal.name !== "AbortError") this.#fail(refusal.kind ?? "network");
    }
  }

  #language() {
    const named = this.getAttribute("lang") || this.closest("[lang]")?.getAttribute("lang") || "en";
    return named.toLowerCase().split("-")[0];
  }

  // ------------------------------------------------------------------ dressing

  #undress() {
    const video = this.#video;
    if (this.children.length > 1 || video.parentElement !== this) this.replaceChildren(video);
    // Without its source the browser has nothing to fetch by itself; the address outlives a second dressing.
    const source = video.querySelector("source");
    if (source) this.dataset.source = source.src;
    source?.remove();
    this.#source = this.dataset.source ?? "";
    video.removeAttribute("src");
    video.controls = false;
    video.loop = this.ambient;
    const [width, height] = ["width", "height"].map((side) => Number(this.getAttribute(side) || video[side]));
    if (width && height) this.style.aspectRatio = `${width} / ${height}`;
    const spoken = [...video.querySelectorAll("track")].find((track) => track.srclang.split("-")[0] === this.#language());
    const first = video.querySelector("track");
    if (spoken && spoken !== first) first.before(spoken);
    for (const track of this.#captions()) track.mode = "disabled";
  }

  #show(state, ...overlay) {
    this.dataset.state = state;
    this.querySelector(":scope > .player-overlay")?.remove();
    if (!overlay.length) return;
    const layer = document.createElement("div");
    layer.className = "player-overlay";
    layer.append(...overlay);
    this.append(layer);
  }

  #startButton({ busy = false } = {}) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "player-start";
    button.innerHTML = '<span class="player-disc"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M8 5v14l11-7z"/></svg></span>';
    const time = clock(Number(this.getAttribute("duration-ms")) || 0);
    button.setAttribute("aria-label", busy ? this.#texts.loading : this.#texts.play.replace("{time}", time));
    if (busy) {
      button.setAttribute("aria-busy", "true");
      return button;
    }
    const badge = document.createElement("span");
    badge.className = "player-duration";
    badge.textContent = time;
    button.append(badge);
    button.addEventListener("click", () => this.#started());
    return button;
  }

  #started() {
    const hadFocus = this.contains(document.activeElement);
    this.#stoppedByViewer = false;
    this.play({ muted: false }).then(() => hadFocus && this.dataset.state === "on" && this.#focusControls());
  }

  #focusControls() {
    if (document.activeElement === document.body || this.contains(document.activeElement)) {
      this.querySelector("media-play-button")?.focus({ preventScroll: true });
    }
  }

  #fail(kind) {
    this.#resumeAt = this.#video.currentTime || this.#resumeAt;
    this.#drop();
    const sentence = document.createElement("p");
    sentence.textContent = this.#texts[kind];
    const retry = document.createElement("button");
    retry.type = "button";
    retry.className = "player-retry";
    retry.textContent = this.#texts.retry;
    retry.addEventListener("click", () => this.#started());
    const fault = document.createElement("div");
    fault.className = "player-fault";
    fault.setAttribute("role", "alert");
    this.#show("fault", fault);
    fault.append(sentence, retry);
    this.#tell("error", { kind });
  }

  // ------------------------------------------------------------------ loading

  async #load() {
    const native = !("MediaSource" in globalThis || "ManagedMediaSource" in globalThis);
    if (native && !this.#video.canPlayType(PLAYLIST)) throw fault("media");
    const [controls, hls] = await Promise.all([
      import("./vendor/media-chrome.min.mjs"),
      native ? null : import("./vendor/hls.light.min.mjs"),
    ]);
    if (!this.#listening) throw fault("network");
    this.#mountControls(controls);
    if (this.#hls || (native && this.#video.src === this.#source && !this.#video.error)) return;
    this.#putCaptionsAside();
    this.#video.preload = "auto";
    if (native) this.#attachNative();
    else await this.#attach(hls.default);
  }

  #attachNative() {
    this.#video.src = this.#source;
    if (this.#resumeAt) this.#video.currentTime = this.#resumeAt;
  }

  #attach(Hls) {
    if (!Hls.isSupported()) throw fault("media");
    const hls = new Hls({
      autoStartLoad: true,
      startPosition: this.#resumeAt || -1,
      capLevelToPlayerSize: true,
      enableWorker: false,
      maxBufferLength: 20,
      backBufferLength: 30,
    });
    this.#hls = hls;
    this.#recovered = false;
    return new Promise((resolve, reject) => {
      hls.once(Hls.Events.MANIFEST_PARSED, () => {
        hls.attachMedia(this.#video);
        resolve();
      });
      hls.on(Hls.Events.ERROR, (_, data) => {
        if (!data.fatal || hls !== this.#hls) return;
        if (data.type === Hls.ErrorTypes.MEDIA_ERROR && !this.#recovered) {
          this.#recovered = true;
          hls.recoverMediaError();
          return;
        }
        const kind = kindOf(Hls, data);
        this.#attempt += 1;
        this.#fail(kind);
        reject(fault(kind));
      });
      hls.loadSource(this.#source);
    });
  }

  #drop() {
    this.#hls?.destroy();
    this.#hls = null;
  }

  #release() {
    this.#attempt += 1;
    this.#watch?.disconnect();
    this.#watch = null;
    this.#listening?.abort();
    this.#listening = null;
    this.#video?.pause();
    this.#drop();
    this.#controller = null;
    if (this.#video) this.replaceChildren(this.#video);
    if (sounding === this) sounding = null;
  }

  #mountControls({ addTranslation, setLanguage }) {
    if (this.#controller) return;
    if (!controlsTaught) {
      addTranslation("ru", TEXTS.ru.controls);
      setLanguage(TEXTS[this.#language()] ? this.#language() : "en");
      controlsTaught = true;
    }
    const several = this.#captions().length > 1;
    const captions = several ? "media-captions-menu-button" : "media-captions-button";
    const controller = document.createElement("media-controller");
    controller.innerHTML = `
      <media-loading-indicator slot="centered-chrome" noautohide></media-loading-indicator>
      ${several ? "<media-captions-menu hidden anchor='auto'></media-captions-menu>" : ""}
      <div class="player-bar">
        <media-time-range></media-time-range>
        <media-control-bar>
          <media-play-button></media-play-button>
          <media-mute-button></media-mute-button>
          <media-volume-range></media-volume-range>
          <media-time-display showduration notoggle></media-time-display>
          <span class="player-gap"></span>
          ${this.#captions().length ? `<${captions}></${captions}>` : ""}
          <media-fullscreen-button></media-fullscreen-button>
        </media-control-bar>
      </div>`;
    for (const flag of ["nohotkeys", "nosubtitleslangpref", "novolumepref", "nomutedpref"]) {
      controller.toggleAttribute(flag, true);
    }
    controller.setAttribute("defaultstreamtype", "on-demand");
    controller.fullscreenElement = this;
    this.#addStoryboard();
    this.prepend(controller);
    this.#video.slot = "media";
    move(controller, this.#video);
    this.#controller = controller;
  }

  #addStoryboard() {
    const address = this.getAttribute("storyboard");
    if (!address) return;
    const track = document.createElement("track");
    Object.assign(track, { kind: "metadata", label: "thumbnails", src: address });
    this.#video.append(track);
    track.track.mode = "hidden";
  }

  // ------------------------------------------------------------------ captions, keys, events

  #captions() {
    return [...this.#video.textTracks].filter(({ kind }) => kind === "captions" || kind === "subtitles");
  }

  // While a video is loaded, a browser shows captions of its own choice beside those that are shown already.
  #putCaptionsAside() {
    const captions = this.#captions();
    const wanted = this.hasAttribute("captions") || this.#video.querySelector("track[default]");
    const first = !this.#resumeAt && wanted ? captions[0] : undefined;
    this.#spoken = captions.find(({ mode }) => mode === "showing") ?? first;
    for (const track of captions) track.mode = "disabled";
  }

  #showCaptions() {
    for (const track of this.#captions()) track.mode = track === this.#spoken ? "showing" : "disabled";
  }

  #ask(request) {
    this.#controller?.dispatchEvent(new CustomEvent(request, { bubbles: true, composed: true }));
  }

  #keys = {
    k: () => (this.#video.paused ? this.#started() : this.#video.pause()),
    m: () => (this.#video.muted = !this.#video.muted),
    c: () => this.#ask("mediatogglesubtitlesrequest"),
    f: () => this.#ask(document.fullscreenElement ? "mediaexitfullscreenrequest" : "mediaenterfullscreenrequest"),
    ArrowLeft: () => this.#seekBy(-SEEK_SECONDS),
    ArrowRight: () => this.#seekBy(SEEK_SECONDS),
  };

  #press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const { localName } = event.target;
    const pressable = /button|menu/.test(localName);
    const key = keyOf(event);
    if (this.dataset.state !== "on" && key !== "k") return;
    if (key === " " ? pressable : key.startsWith("Arrow") && /volume|menu/.test(localName)) return;
    const act = this.#keys[key === " " ? "k" : key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  #seekBy(seconds) {
    const video = this.#video;
    video.currentTime = Math.min(Math.max(0, video.currentTime + seconds), video.duration || 0);
  }

  #listen() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const on = (name, act) => this.#video.addEventListener(name, act, { signal });
    this.addEventListener("keydown", (event) => this.#press(event), { signal, capture: true });
    on("loadedmetadata", () => this.#showCaptions());
    on("playing", () => this.#show("on"));
    on("play", () => {
      this.#stoppedByViewer = false;
      this.#silenceOthers();
      this.#tell("play");
    });
    on("volumechange", () => this.#silenceOthers());
    on("pause", () => {
      if (!this.#stoppedByUs && !this.#video.ended) this.#stoppedByViewer = true;
      this.#stoppedByUs = false;
      this.#report();
    });
    on("timeupdate", () => {
      if (Math.abs(this.#now() - this.#reportedMs) >= PROGRESS_EVERY_MS) this.#report();
    });
    on("ended", () => {
      this.#report();
      this.#tell("ended");
    });
    on("error", () => {
      if (this.#hls || !this.#video.error || this.dataset.state === "idle" || this.dataset.state === "fault") return;
      const { code } = this.#video.error;
      this.#attempt += 1;
      this.#fail({ 2: "network", 3: "media" }[code] ?? "missing");
    });
    CALM.addEventListener("change", () => CALM.matches && this.ambient && this.#stop(), { signal });
  }

  #now() {
    return Math.round(this.#video.currentTime * 1000);
  }

  #report() {
    this.#reportedMs = this.#now();
    this.#tell("progress");
  }

  #tell(what, more = {}) {
    const detail = { video: this.getAttribute("video"), t_ms: this.#now(), ...more };
    this.dispatchEvent(new CustomEvent(`marketplace-${what}`, { bubbles: true, composed: true, detail }));
  }

  #silenceOthers() {
    if (this.#video.paused || this.#video.muted || !this.#video.volume) return;
    if (sounding && sounding !== this) sounding.#stop();
    sounding = this;
  }

  #stop() {
    this.#stoppedByUs = !this.#video.paused;
    this.#video.pause();
  }

  // ------------------------------------------------------------------ by itself

  #playWhileInView() {
    this.#watch = new IntersectionObserver(
      ([{ isIntersecting }]) => {
        if (!isIntersecting) this.#stop();
        else if (this.#mayMove()) this.play({ muted: this.dataset.state === "on" ? this.#video.muted : true });
      },
      { threshold: 0.5 },
    );
    this.#watch.observe(this);
  }

  #mayMove() {
    const saving = navigator.connection?.saveData ?? false;
    return !CALM.matches && !saving && !this.#stoppedByViewer && this.dataset.state !== "fault";
  }
}

function kindOf(Hls, { type, response }) {
  if (type === Hls.ErrorTypes.NETWORK_ERROR) return GONE.has(response?.code) ? "missing" : "network";
  return "media";
}

function fault(kind) {
  return Object.assign(new Error(kind), { kind });
}

function clock(ms) {
  const seconds = Math.round(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [hours, minutes, rest] = parts;
  const tail = String(rest).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

// The key by its letter; on a keyboard of another alphabet, by its place.
function keyOf({ key, code }) {
  if (key.length > 1) return key;
  return (key > "\x7f" ? code.replace("Key", "") : key).toLowerCase();
}

function move(parent, child) {
  if (parent.moveBefore) parent.moveBefore(child, parent.firstChild);
  else parent.prepend(child);
}

if (!customElements.get("marketplace-player")) customElements.define("marketplace-player", MarketplacePlayer);
