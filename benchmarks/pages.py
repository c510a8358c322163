"""``python -m benchmarks.pages ADDRESS``: what pages weigh and when they appear, in Chromium on a throttled line.

The marketplace at the address (``./dev demo``) is looked at as a newcomer would, nothing cached.
"""

import argparse
import json
import os
import shutil
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
from attrs import define, frozen
from playwright.sync_api import Browser, CDPSession, sync_playwright

FLAGS: Final = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
LATENCY_MS: Final = 150
DOWN_BYTES_PER_SECOND: Final = 1_600_000 // 8
UP_BYTES_PER_SECOND: Final = 750_000 // 8
"""What Lighthouse calls slow 4G."""
ROUNDS: Final = 3
QUIET_MS: Final = 1_500
HEAD: Final = (
    "first paint ms",
    "largest paint ms",
    "layout shift",
    "requests",
    "kB in all",
    "of it scripts",
    "video before play",
)
OBSERVE: Final = """
window.shifts = 0; window.paints = {};
new PerformanceObserver(list => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) window.shifts += each.value;
}).observe({type: 'layout-shift', buffered: true});
new PerformanceObserver(list => { for (const each of list.getEntries()) window.paints.largest = each.startTime; })
  .observe({type: 'largest-contentful-paint', buffered: true});
"""


@frozen(kw_only=True)
class Weight:
    """One page, loaded once."""

    first_paint_ms: float
    largest_paint_ms: float
    layout_shift: float
    requests: int
    transferred_bytes: int
    video_bytes: int
    script_bytes: int


@define
class Meter:
    """Counts what comes over the line."""

    requests: int = 0
    transferred: int = 0
    video: int = 0
    script: int = 0

    def attach(self, line: CDPSession) -> None:
        """Listen to the network of a tab."""
        kinds: dict[str, str] = {}

        def answered(event: dict[str, Any]) -> None:
            kinds[event["requestId"]] = urlsplit(event["response"]["url"]).path
            self.requests += 1

        def finished(event: dict[str, Any]) -> None:
            path, length = kinds.get(event["requestId"], ""), int(event["encodedDataLength"])
            self.transferred += length
            if path.endswith((".m3u8", ".m4s", ".mp4", ".vtt")) or "hls" in path or "media-chrome" in path:
                self.video += length
            elif path.endswith((".js", ".mjs")):
                self.script += length

        line.on("Network.responseReceived", answered)
        line.on("Network.loadingFinished", finished)


def weigh(browser: Browser, address: str) -> Weight:
    """Load one page in a fresh browser on the throttled line, without scrolling or touching anything."""
    context = browser.new_context(viewport={"width": 412, "height": 823}, device_scale_factor=1.75)
    context.add_init_script(OBSERVE)
    tab = context.new_page()
    line = context.new_cdp_session(tab)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MS,
            "downloadThroughput": DOWN_BYTES_PER_SECOND,
            "uploadThroughput": UP_BYTES_PER_SECOND,
        },
    )
    meter = Meter()
    meter.attach(line)
    tab.goto(address, wait_until="load")
    tab.wait_for_timeout(QUIET_MS)
    first = tab.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0")
    largest, shifts = tab.evaluate("[window.paints.largest ?? 0, window.shifts]")
    context.close()
    return Weight(
        first_paint_ms=first,
        largest_paint_ms=largest,
        layout_shift=shifts,
        requests=meter.requests,
        transferred_bytes=meter.transferred,
        video_bytes=meter.video,
        script_bytes=meter.script,
    )


def places(address: str) -> dict[str, str]:
    """Return the pages that are weighed."""
    with httpx.Client(base_url=address, timeout=30) as client:
        filmed = client.get("/v1/products", params={"with_video": "true"}).json()["items"][0]
        shop = next(
            seller["slug"]
            for seller in client.get("/v1/sellers").json()["items"]
            if client.get(f"/v1/pages/{seller['slug']}").status_code == httpx.codes.OK
        )
        category = client.get("/v1/categories").json()["items"][0]["slug"]
    return {
        "home": "/",
        "category": f"/categories/{category}",
        "search": "/search?q=guitar",
        "product with video": f"/products/{filmed['product_id']}",
        "landing page with hero video": f"/shops/{shop}",
        "watch": "/watch",
        "sign in": "/sign-in",
    }


def main() -> None:
    """Weigh every place and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address", help="where the marketplace is, such as http://127.0.0.1:8000")
    address = parser.parse_args().address.rstrip("/")
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        head = ("page", *HEAD)
        print(f"| {' | '.join(head)} |")
        print(f"| --- |{' ---: |' * len(HEAD)}")
        for name, path in places(address).items():
            weights = sorted(
                (weigh(browser, address + path) for _ in range(ROUNDS)), key=lambda weight: weight.first_paint_ms
            )
            middle = weights[len(weights) // 2]
            shift = max(weight.layout_shift for weight in weights)
            figures = (
                f"{middle.first_paint_ms:,.0f}",
                f"{middle.largest_paint_ms:,.0f}",
                json.dumps(round(shift, 4)),
                str(middle.requests),
                f"{middle.transferred_bytes / 1000:,.0f}",
                f"{middle.script_bytes / 1000:,.0f}",
                f"{middle.video_bytes / 1000:,.0f} kB",
            )
            print(f"| {name} | {' | '.join(figures)} |", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
