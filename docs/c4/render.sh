#!/bin/sh
# Draws every diagram of this folder: <name>.mmd → <name>.svg. Needs npm and Chromium (CHROMIUM=… names another binary).
# The SVG ends with the checksum of its text, so that a test can tell a drawing that was not made anew.
set -eu

cd "$(dirname -- "$0")"
chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
[ -n "$chromium" ] || { printf '%s\n' "diagrams: no Chromium found; install it (Debian: apt install chromium) or name it in CHROMIUM." >&2; exit 1; }
command -v npm >/dev/null 2>&1 || { printf '%s\n' "diagrams: npm is needed to fetch the renderer." >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf '{"executablePath": "%s", "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]}\n' "$chromium" >"$work/browser.json"
PUPPETEER_SKIP_DOWNLOAD=1 npm install --silent --no-save --no-package-lock --prefix "$work" @mermaid-js/mermaid-cli@11
for text in *.mmd; do
    "$work/node_modules/.bin/mmdc" --quiet --puppeteerConfigFile "$work/browser.json" --configFile theme.json \
        --backgroundColor white --input "$text" --output "$work/drawing.svg"
    { cat "$work/drawing.svg"; printf '\n<!-- %s -->\n' "$(cksum <"$text")"; } >"${text%.mmd}.svg"
    printf '%s\n' "docs/c4/${text%.mmd}.svg"
done
