"""The player in a real browser: what it fetches and when, what it plays, what it says when it cannot."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page

from marketplace_adapters.ffmpeg import jobs
from marketplace_adapters.ffmpeg.binary import ffmpeg_path
from marketplace_adapters.ffmpeg.slots import SlotPool
from tests.adapters.ffmpeg_engine.conftest import Studio, wait_for_end
from tests.browser.conftest import PageTrap
from tests.browser.player_site import PlayerSite, serving

pytestmark = pytest.mark.slow

SECONDS: Final = 6
FRAMES_PER_SECOND: Final = 25
FRAMES_SEEN_MIN: Final = 0.5
"""The share of frames that a busy machine without a graphics card still has to show."""
BEFORE_PLAY: Final = re.compile(r"/static/player\.(js|css)|/media/videos/\w+/poster_\w+\.jpg")
RECORD: Final = """
window.told = [];
for (const what of ['play', 'progress', 'ended', 'error'])
  addEventListener(`marketplace-${what}`, ({ detail }) => told.push({ what, ...detail }));
"""
COUNT_FRAMES: Final = """(video) => {
  window.frames_shown = 0;
  const count = () => { window.frames_shown += 1; video.requestVideoFrameCallback(count); };
  video.requestVideoFrameCallback(count);
}"""
SHIFTS: Final = """() => new Promise((tell) => {
  const shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries())
      shifts.push([value, ...sources.map(({ node }) => node?.outerHTML)]);
  }).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => tell(shifts), 300);
})"""
SAVING: Final = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } });"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlayerSite]:
    """Return a running site around one ladder, made the way every seller's video is made."""
    folder = tmp_path_factory.mktemp("player")
    clip = Studio(folder, ffmpeg_path()).clip("clip.mp4", size="640x360", rate=str(FRAMES_PER_SECOND), seconds=SECONDS)
    job = folder / "job"
    jobs.submit(job, source=clip, pool=SlotPool(folder / "slots"))
    status = wait_for_end(job)
    assert status.clip is not None
    assert status.poster is not None
    made = PlayerSite(
        ladder=job / jobs.OUTPUT_NAME, duration_ms=status.clip.duration_ms, poster=Path(status.poster).name
    )
    with serving(made) as running:
        yield running


@pytest.fixture(autouse=True)
def clean(site: PlayerSite) -> None:
    site.asked.clear()
    site.missing.clear()


def start(page: Page, nth: int = 0) -> None:
    page.locator("marketplace-player").nth(nth).locator(".player-start").click()
    page.locator("marketplace-player").nth(nth).and_(page.locator("[data-state=on]")).wait_for()


def wait(page: Page, condition: str) -> None:
    page.wait_for_function(f"() => {{ const video = document.querySelector('video'); return {condition}; }}")


def test_nothing_of_the_video_is_fetched_before_somebody_wants_to_see_it(site: PlayerSite, page_trap: PageTrap) -> None:
    page = page_trap.open(site.publish(site.player(captions=("en", "ru"), extra="captions")))

    page.hover(".player-start")
    page.focus(".player-start")
    page.wait_for_timeout(500)

    assert [path for path in site.asked if not BEFORE_PLAY.fullmatch(path)] == []


def test_the_button_says_what_it_does_and_how_long_the_video_is(site: PlayerSite, page_trap: PageTrap) -> None:
    english = page_trap.open(site.publish(site.player()))
    russian = page_trap.open(site.publish(site.player(), lang="ru"))

    names = [page.get_by_role("button").get_attribute("aria-label") for page in (english, russian)]

    assert names == ["Play video, 0:06", "Смотреть видео, 0:06"]
    assert english.locator(".player-duration").inner_text() == "0:06"


def test_it_plays_to_the_end_and_tells_what_happened(site: PlayerSite, page_trap: PageTrap) -> None:
    page = page_trap.open()
    page.add_init_script(RECORD)
    page.goto(site.publish(site.player()))
    page.locator("video").evaluate(COUNT_FRAMES)

    start(page)
    wait(page, "video.ended")

    assert page.evaluate("frames_shown") >= FRAMES_SEEN_MIN * SECONDS * FRAMES_PER_SECOND
    told = page.evaluate("told")
    assert {each["video"] for each in told} == {"vid_1"}
    assert [each["what"] for each in told if each["what"] != "progress"] == ["play", "ended"]
    moments = [each["t_ms"] for each in told if each["what"] == "progress"]
    assert moments == sorted(moments)
    assert SECONDS <= len(moments) <= SECONDS + 3
    assert abs(moments[-1] - site.duration_ms) < 100


def test_the_quality_is_no_larger_than_the_player(site: PlayerSite, page_trap: PageTrap) -> None:
    page = page_trap.open(site.publish(site.player()), viewport={"width": 300, "height": 600})

    start(page)
    wait(page, "video.ended")

    sizes = {path.split("/")[4] for path in site.asked if path.endswith(".m4s")}
    assert sizes == {"v2"}


def test_the_keyboard_plays_pauses_seeks_silences_and_fills_the_screen(site: PlayerSite, page_trap: PageTrap) -> None:
    page = page_trap.open(site.publish(site.player()))
    page.focus(".player-start")

    page.keyboard.press("k")
    page.wait_for_selector("[data-state=on]")
    page.keyboard.press("k")
    wait(page, "video.paused && video.currentTime < 4")
    before = page.evaluate("document.querySelector('video').currentTime")
    page.keyboard.press("ArrowRight")
    wait(page, f"Math.abs(video.currentTime - Math.min({before} + 5, video.duration)) < 0.2")
    page.keyboard.press("ArrowLeft")
    wait(page, "video.currentTime < 2")
    page.keyboard.press("m")
    wait(page, "video.muted")
    page.keyboard.press("f")
    wait(page, "document.fullscreenElement?.localName === 'marketplace-player' && video.clientWidth === innerWidth")
    page.keyboard.press("f")
    wait(page, "!document.fullscreenElement")
    page.keyboard.press("Space")
    wait(page, "!video.paused")
    page.keyboard.press("Control+m")

    assert page.evaluate("document.querySelector('video').muted")


def test_captions_are_those_of_the_pages_language_and_can_be_put_away(site: PlayerSite, page_trap: PageTrap) -> None:
    page = page_trap.open(site.publish(site.player(captions=("en", "ru"), extra="captions"), lang="ru"))

    start(page)
    wait(page, "[...video.textTracks].some((track) => track.activeCues?.[0]?.text.startsWith('Глазурь'))")
    page.keyboard.press("c")
    wait(page, "[...video.textTracks].every((track) => track.mode !== 'showing')")
    page.keyboard.press("c")
    wait(page, "video.textTracks[0].mode === 'showing' && video.textTracks[0].language === 'ru'")

    assert "/media/captions/en.vtt" not in site.asked


def test_another_language_is_chosen_in_the_menu(site: PlayerSite, page_trap: PageTrap) -> None:
    page = page_trap.open(site.publish(site.player(captions=("en", "ru"))))
    start(page)

    page.click("media-captions-menu-button")
    page.get_by_role("menuitemradio", name="Русский").click()

    wait(page, "[...video.textTracks].find((track) => track.language === 'ru').mode === 'showing'")
    wait(page, "[...video.textTracks].some((track) => track.activeCues?.[0]?.text.startsWith('Глазурь'))")


def test_one_language_of_captions_needs_no_menu(site: PlayerSite, page_trap: PageTrap) -> None:
    page = page_trap.open(site.publish(site.player(captions=("en",))))
    start(page)

    page.click("media-captions-button")

    wait(page, "video.textTracks[0].activeCues?.[0]?.text === 'The glaze is poured, not brushed.'")
    assert page.locator("media-captions-menu").count() == 0


def test_scrubbing_shows_the_moment_it_would_go_to(site: PlayerSite, page_trap: PageTrap) -> None:
    page = page_trap.open(site.publish(site.player()))
    start(page)
    page.keyboard.press("k")
    bar = page.locator("media-time-range").bounding_box()
    assert bar is not None

    page.mouse.move(bar["x"] + bar["width"] * 0.62, bar["y"] + bar["height"] / 2)

    tile = page.locator("media-time-range media-preview-thumbnail")
    tile.wait_for()
    assert re.fullmatch(r"\d+ \d+ 160 90", tile.get_attribute("mediapreviewcoords") or "")
    shown = "document.querySelector('media-time-range').shadowRoot.querySelector('media-preview-thumbnail')"
    wait(page, f"{shown}.shadowRoot.querySelector('img').naturalWidth > 160")
    wait(page, "document.querySelector('media-time-range').getAttribute('mediapreviewtime').startsWith('3.')")
    page.mouse.down()
    page.mouse.up()
    wait(page, "video.currentTime > 3 && video.currentTime < 5")


def test_a_video_that_is_not_there_says_so_and_can_be_tried_again(site: PlayerSite, page_trap: PageTrap) -> None:
    page_trap.forgive("404 (Not Found)")
    site.missing.add("vid_1")
    page = page_trap.open()
    page.add_init_script(RECORD)
    page.goto(site.publish(site.player()))

    page.click(".player-start")
    page.get_by_text("This video cannot be found.").wait_for()
    assert page.evaluate("told") == [{"what": "error", "video": "vid_1", "t_ms": 0, "kind": "missing"}]
    site.missing.clear()
    page.get_by_role("button", name="Try again").click()

    wait(page, "video.currentTime > 0.5 && !video.paused")
    assert page.get_by_role("alert").count() == 0


def test_a_connection_that_breaks_says_so_and_goes_on_where_it_was(site: PlayerSite, page_trap: PageTrap) -> None:
    page_trap.forgive("net::ERR_INTERNET_DISCONNECTED")
    page = page_trap.open(site.publish(site.player()))
    page.context.set_offline(True)
    page.click(".player-start")
    page.get_by_text("The video did not load.").wait_for()

    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()

    wait(page, "video.currentTime > 0.5 && !video.paused")


def test_a_file_that_is_no_video_says_so(site: PlayerSite, page_trap: PageTrap, tmp_path: Path) -> None:
    page = page_trap.open(site.publish(site.player()))
    page.route("**/*.m4s", lambda route: route.fulfill(body=b"\0" * 4096, content_type="video/iso.segment"))
    page.route("**/init.mp4", lambda route: route.fulfill(body=b"\0" * 512, content_type="video/mp4"))

    page.click(".player-start")

    page.get_by_text("This browser could not play the video.").wait_for()


def test_only_one_player_of_a_page_sounds(site: PlayerSite, page_trap: PageTrap) -> None:
    page = page_trap.open(
        site.publish(site.player("vid_1"), site.player("vid_2")), viewport={"width": 640, "height": 900}
    )
    start(page, 0)

    start(page, 1)

    states = page.evaluate("[...document.querySelectorAll('video')].map((video) => [video.paused, video.muted])")
    assert states == [[True, False], [False, False]]


def test_an_ambient_player_plays_silently_while_it_is_in_view(site: PlayerSite, page_trap: PageTrap) -> None:
    page = page_trap.open(site.publish(site.player(extra="ambient"), after='<div class="tall"></div>'))

    wait(page, "video.currentTime > 0.2 && !video.paused && video.muted && video.loop")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    wait(page, "video.paused")
    page.evaluate("scrollTo(0, 0)")

    wait(page, "!video.paused && video.muted")


def test_an_ambient_player_that_was_stopped_stays_stopped(site: PlayerSite, page_trap: PageTrap) -> None:
    page = page_trap.open(site.publish(site.player(extra="ambient"), after='<div class="tall"></div>'))
    wait(page, "!video.paused && video.currentTime > 0")
    page.locator("media-play-button").click()
    wait(page, "video.paused")

    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(200)
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(400)

    assert page.evaluate("document.querySelector('video').paused")


def test_nothing_moves_by_itself_for_those_who_want_calm(site: PlayerSite, page_trap: PageTrap) -> None:
    page = page_trap.open(site.publish(site.player(extra="ambient")), reduced_motion="reduce")

    page.wait_for_timeout(700)

    assert [path for path in site.asked if not BEFORE_PLAY.fullmatch(path)] == []
    assert page.locator(".player-disc").evaluate("(disc) => getComputedStyle(disc).transitionDuration") == "0s"
    start(page)
    bar = page.locator(".player-bar")
    assert bar.evaluate("(bar) => getComputedStyle(bar).transitionDuration") == "0s"


def test_nothing_is_fetched_unasked_for_those_who_save_data(site: PlayerSite, page_trap: PageTrap) -> None:
    page = page_trap.open()
    page.add_init_script(SAVING)
    page.goto(site.publish(site.player(extra="ambient")))

    page.wait_for_timeout(700)

    assert [path for path in site.asked if not BEFORE_PLAY.fullmatch(path)] == []


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_on_the_page_moves_aside_for_the_player(site: PlayerSite, page_trap: PageTrap, width: int) -> None:
    below = "<p>Below the player</p>"
    page = page_trap.open(site.publish(site.player(), after=below), viewport={"width": width, "height": 900})

    start(page)
    page.wait_for_timeout(300)

    assert page.evaluate(SHIFTS) == []


def test_a_player_taken_out_of_the_page_lets_go_of_its_video(site: PlayerSite, page_trap: PageTrap) -> None:
    page = page_trap.open(site.publish(site.player()))
    start(page)

    state = page.evaluate(
        """async () => {
          const player = document.querySelector('marketplace-player');
          const video = player.video;
          player.remove();
          await new Promise((go) => setTimeout(go, 100));
          const left = [video.paused, video.src];
          document.querySelector('main').append(player);
          return left;
        }"""
    )

    assert state == [True, ""]
    start(page)
    wait(page, "!video.paused && video.currentTime > 0.2")


def test_without_scripts_the_page_shows_the_browsers_own_player(site: PlayerSite, page_trap: PageTrap) -> None:
    page = page_trap.open(site.publish(site.player()), java_script_enabled=False)

    video = page.locator("marketplace-player > video[controls]")

    box = video.bounding_box()
    assert box is not None
    assert box["height"] == pytest.approx(box["width"] * 360 / 640, abs=1)
    assert site.asked.count(f"/media/videos/vid_1/{site.poster}") == 1
    assert page.locator(".player-start").count() == 0
