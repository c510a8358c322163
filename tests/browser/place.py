"""Where the journeys are clicked through: the tests' own town, or a demonstration that has just been started."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx
from attrs import frozen

from features.drivers.names import free_port
from marketplace_adapters.ffmpeg.binary import ffmpeg_path
from marketplace_entrypoints.demo.catalogue import OPERATOR, PASSWORD
from tests.adapters.ffmpeg_engine.conftest import Studio
from tests.browser.town import CLIP_SECONDS, FRAMES_PER_SECOND, Login, Town
from tests.entrypoints.running.processes import until

FILMS_SECONDS_MAX: Final = 900.0


@frozen(kw_only=True)
class Place:
    """A marketplace to click through. ``shelf`` is a category, ``typed`` the beginning of what is searched."""

    address: str
    operator: Login
    clip: Path
    shelf: str
    typed: str
    found: str
    film_seconds: float
    second: str
    shops: tuple[str, str]


def in_town(town: Town) -> Place:
    """Click through the tests' own town."""
    return Place(
        address=town.address,
        operator=Login(town.operator.email, town.operator.password),
        clip=town.clip,
        shelf="Things",
        typed="blue c",
        found="Blue Cup",
        film_seconds=CLIP_SECONDS,
        second=f"/products/{town.set.product_id}",
        shops=("Clay and Co", "Sound and Sight"),
    )


@contextmanager
def in_demonstration(folder: Path) -> Iterator[Place]:
    """Start ``marketplace demo`` in a fresh folder and click through that, once its films are made."""
    port, log = free_port(), folder / "demo.log"
    environment = os.environ | {"MARKETPLACE_DATA": str(folder / "data")}
    with log.open("ab") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "marketplace_entrypoints", "demo", "--port", str(port)],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            cwd=folder,
        )
    client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20)
    try:

        def product(words: str) -> dict[str, str]:
            assert process.poll() is None, log.read_text()[-3000:]
            try:
                hits = client.get("/v1/search", params={"q": words}).json()["hits"]
            except (httpx.TransportError, KeyError, ValueError):
                return {}
            return dict(hits[0]) if hits else {}

        def filmed() -> bool:
            found = product("Moon Jar")
            if not found:
                return False
            video = client.get(f"/v1/products/{found['product_id']}").json().get("video")
            return bool(video) and video["state"] == "ready"

        until(filmed, what="the films of the demonstration", timeout_seconds=FILMS_SECONDS_MAX)
        jar = client.get(f"/v1/products/{product('Moon Jar')['product_id']}").json()
        yield Place(
            address=f"http://127.0.0.1:{port}",
            operator=Login(OPERATOR.email, PASSWORD),
            clip=Studio(folder, ffmpeg_path()).clip(
                "clip.mp4", size="640x360", rate=str(FRAMES_PER_SECOND), seconds=CLIP_SECONDS
            ),
            shelf="Vases",
            typed="moon j",
            found="Moon Jar",
            film_seconds=jar["video"]["duration_ms"] / 1000,
            second=f"/products/{product('Brass Desk Lamp')['product_id']}",
            shops=("Kiln & Kettle", "Common Room"),
        )
    finally:
        client.close()
        process.terminate()
        process.wait(timeout=60)
