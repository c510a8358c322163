// Copies what the pages serve out of node_modules, and writes down what came from where.
// Run it with `./dev frontend`; the result is committed, so nobody needs Node to run or to build the marketplace.
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../../..");
const modules = path.join(here, "node_modules");
const served = path.join(here, "../marketplace_entrypoints/web/static/vendor");
const tested = path.join(root, "tests/browser/vendor");

const FONT = "@fontsource-variable/onest";
const SUBSETS = ["latin", "latin-ext", "cyrillic"];

const COPIES = {
  "htmx.min.js": ["htmx.org", "dist/htmx.min.js"],
  "hls.light.min.mjs": ["hls.js", "dist/hls.light.min.mjs"],
  ...Object.fromEntries(
    SUBSETS.map((subset) => [`onest-${subset}-wght-normal.woff2`, [FONT, `files/onest-${subset}-wght-normal.woff2`]]),
  ),
  "licences/htmx.txt": ["htmx.org", "LICENSE"],
  "licences/hls.txt": ["hls.js", "LICENSE"],
  "licences/media-chrome.txt": ["media-chrome", "LICENSE"],
  "licences/onest.txt": [FONT, "LICENSE"],
};
const TEST_COPIES = {
  "axe.min.js": ["axe-core", "axe.min.js"],
  "licences/axe.txt": ["axe-core", "LICENSE"],
  "licences/axe-third-party.txt": ["axe-core", "LICENSE-3RD-PARTY.txt"],
};

const sha256 = (bytes, form) => createHash("sha256").update(bytes).digest(form);

async function versionOf(name) {
  return JSON.parse(await readFile(path.join(modules, name, "package.json"), "utf8")).version;
}

// A source map is not served, so nothing may point at one; the rest of the file stays as it was published.
function withoutSourceMap(bytes, file) {
  if (!/\.m?js$/.test(file)) return bytes;
  return Buffer.from(bytes.toString("utf8").replace(/^\/\/[#@] sourceMappingURL=.*$\n?/gm, ""));
}

async function copied(copies) {
  const files = [];
  for (const [file, [name, source]] of Object.entries(copies)) {
    files.push({ file, name, bytes: withoutSourceMap(await readFile(path.join(modules, name, source)), file) });
  }
  return files;
}

async function bundledControls() {
  const { outputFiles, metafile } = await build({
    absWorkingDir: here,
    entryPoints: ["controls.mjs"],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    legalComments: "none",
    metafile: true,
    write: false,
  });
  const sources = Object.keys(metafile.inputs).filter((input) => input !== "controls.mjs");
  const strangers = sources.filter((source) => !source.startsWith("node_modules/media-chrome/"));
  if (strangers.length) throw new Error(`the bundle holds more than media-chrome: ${strangers}`);
  return { bundle: Buffer.from(outputFiles[0].contents), sources };
}

// The controls put constant <style> elements into their shadow roots. A page whose policy forbids inline styles
// names these hashes instead. Outside a browser the modules define nothing, but still tell their templates.
async function styleHashes(sources) {
  const hashes = new Set();
  for (const source of sources) {
    for (const element of Object.values(await import(path.join(here, source)))) {
      const html = element?.getTemplateHTML?.({}, {}) ?? "";
      for (const [, css] of html.matchAll(/<style[^>]*>([^]*?)<\/style>/g)) {
        hashes.add(`sha256-${sha256(css, "base64")}`);
      }
    }
  }
  if (!hashes.size) throw new Error("no style was found in the controls");
  return [...hashes].sort();
}

async function publish(folder, files) {
  await rm(folder, { recursive: true, force: true });
  const manifest = {};
  for (const { file, name, bytes } of files.sort((a, b) => (a.file < b.file ? -1 : 1))) {
    const target = path.join(folder, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, bytes);
    manifest[file] = { package: name, version: await versionOf(name), sha256: sha256(bytes, "hex") };
  }
  await writeFile(path.join(folder, "manifest.json"), json(manifest));
}

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

const { bundle, sources } = await bundledControls();
await publish(served, [
  ...(await copied(COPIES)),
  { file: "media-chrome.min.mjs", name: "media-chrome", bytes: bundle },
  { file: "style-hashes.json", name: "media-chrome", bytes: Buffer.from(json(await styleHashes(sources))) },
]);
await publish(tested, await copied(TEST_COPIES));
