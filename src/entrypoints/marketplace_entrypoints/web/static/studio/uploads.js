// Files on their way: several at once, each with its own progress, each to be cancelled or tried again by itself.

import { watch } from "./watching.js";

const AT_ONCE = 2;
const CHECKED_BYTES_MAX = 32 * 1024 * 1024;
const waiting = [];
let sending = 0;

class Refused extends Error {}

function next() {
  while (sending < AT_ONCE && waiting.length > 0) {
    sending += 1;
    waiting.shift()().finally(() => { sending -= 1; next(); });
  }
}

async function asked(path, fields) {
  const body = new URLSearchParams(fields);
  const answer = await fetch(path, { method: "POST", body, headers: { Accept: "application/json" } });
  if (answer.redirected) location.reload();
  if (answer.ok) return answer;
  const json = (answer.headers.get("content-type") ?? "").includes("json");
  throw new Refused(json ? (await answer.json()).sentence ?? "" : "");
}

class Sending {
  constructor(form, file, arrived) {
    this.form = form;
    this.file = file;
    this.arrived = arrived;
    this.say = form.dataset;
    this.subject = form.elements.subject?.value ?? "";
    this.row = document.createElement("li");
    this.row.innerHTML = '<span class="name anywhere"></span><span class="says"></span><span class="controls"></span><progress max="100" value="0"></progress>';
    this.row.querySelector(".name").textContent = file.name;
    this.row.querySelector("progress").setAttribute("aria-label", file.name);
    form.querySelector(".sendings").append(this.row);
    this.begin();
  }

  begin() {
    this.cancelled = false;
    this.show(this.say.sayWaiting, "", [this.say.sayCancel, () => this.cancel()]);
    waiting.push(() => this.send());
    next();
  }

  show(says, colour, action) {
    const said = this.row.querySelector(".says");
    said.textContent = says;
    said.className = `says ${colour}`;
    const controls = this.row.querySelector(".controls");
    controls.replaceChildren();
    if (!action) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button slim";
    button.textContent = action[0];
    button.addEventListener("click", action[1]);
    controls.append(button);
  }

  progress(percent) {
    this.row.querySelector("progress").value = percent;
    this.row.querySelector(".says").textContent = `${this.say.saySending} · ${Math.round(percent)} %`;
  }

  cancel() {
    this.cancelled = true;
    this.request?.abort();
    if (this.slot?.abandon) asked(this.slot.abandon, {}).catch(() => {}); // it is forgotten by itself in an hour
    this.slot = null;
    this.stopped(this.say.sayCancelled, "");
  }

  stopped(says, colour) {
    this.row.querySelector("progress").value = 0;
    this.show(says, colour, [this.say.sayRetry, () => this.begin()]);
  }

  async send() {
    if (this.cancelled) return;
    try {
      this.progress(0);
      const fields = {
        subject: this.subject, filename: this.file.name, content_type: this.file.type, upload_bytes: this.file.size,
        sha256: await checksum(this.file),
      };
      this.slot ??= await (await asked(this.say.slots, fields)).json(); // the same address after a lost connection
      if (this.cancelled) return this.cancel();
      if (!this.sent) await this.put(this.slot);
      this.sent = true;
      const answer = await asked(this.slot.confirm, {});
      this.show(this.say.sayArrived, "");
      this.arrived(await answer.text());
      this.row.remove();
    } catch (failure) {
      if (failure instanceof Refused) this.slot = null;
      this.sent = this.sent && this.slot !== null;
      if (!this.cancelled) this.stopped((failure instanceof Refused && failure.message) || this.say.sayLost, "bad");
    }
  }

  async put(slot) {
    if (slot.parts.length === 0) return this.pass(slot, this.file, 0);
    for (const part of slot.parts) {
      const piece = this.file.slice(part.first_byte, part.first_byte + part.size_bytes);
      if (!part.sent) await this.pass({ ...part, method: slot.method, headers: slot.headers, fields: {} }, piece, part.first_byte);
      part.sent = true; // after a lost connection it goes on from here
      if (this.cancelled) throw new Error("cancelled");
    }
  }

  pass(slot, piece, before) {
    return new Promise((done, failed) => {
      const request = new XMLHttpRequest();
      this.request = request;
      request.open(slot.method, slot.url);
      for (const [name, value] of Object.entries(slot.headers)) request.setRequestHeader(name, value);
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) this.progress(Math.min(100, ((before + event.loaded) / this.file.size) * 100));
      });
      request.addEventListener("load", () => (request.status < 300 ? done() : failed(new Refused(""))));
      request.addEventListener("error", () => failed(new Error("lost")));
      request.addEventListener("abort", () => failed(new Error("cancelled")));
      request.send(Object.keys(slot.fields).length === 0 ? piece : formOf(slot.fields, piece));
    });
  }
}

function formOf(fields, file) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", file); // stores read no field after it
  return form;
}

async function checksum(file) {
  if (file.size > CHECKED_BYTES_MAX || !globalThis.crypto?.subtle) return "";
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return [...digest].map((octet) => octet.toString(16).padStart(2, "0")).join("");
}

function pieceOf(html) {
  return new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
}

function shownPicture(form) {
  return (html) => {
    const list = pieceOf(html);
    document.querySelector(form.dataset.list).replaceWith(document.adoptNode(list));
  };
}

function shownVideo(html) {
  const row = document.adoptNode(pieceOf(html));
  document.querySelector("[data-none]")?.remove();
  document.querySelector(`#videos .footage`).prepend(row);
  watch();
}

export function takeFiles(form) {
  const input = form.querySelector("input[type=file]");
  const accepts = form.dataset.drop === "video" ? shownVideo : shownPicture(form);
  form.classList.add("ready");
  input.multiple = true;
  input.required = false;
  const take = (files) => { for (const file of files) new Sending(form, file, accepts); };
  input.addEventListener("change", () => { take([...input.files]); input.value = ""; });
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const kind of ["dragenter", "dragover"]) form.addEventListener(kind, (event) => { event.preventDefault(); form.classList.add("over"); });
  for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => { event.preventDefault(); take([...event.dataTransfer.files]); });
}

window.addEventListener("beforeunload", (event) => { if (sending > 0) event.preventDefault(); });
