"""Each shop's way of filming makes a clip, and no two look alike."""

from pathlib import Path

import pytest

from marketplace_entrypoints.demo.catalogue import SHOPS
from marketplace_entrypoints.demo.clips import lettering, make_clip
from marketplace_entrypoints.demo.staging import MORNING, STAGINGS, Staging
from marketplace_entrypoints.demo.studio import CLIP_SIZE, UPRIGHT_SIZE, frame_of

TINY = (160, 90)


@pytest.mark.parametrize("staging", STAGINGS.values(), ids=STAGINGS.keys())
@pytest.mark.parametrize(("size", "audio"), [(TINY, True), ((90, 160), False)])
def test_a_clip_is_made_in_every_staging_lying_and_upright(
    tmp_path: Path, staging: Staging, size: tuple[int, int], audio: bool
) -> None:
    clip = make_clip(tmp_path / "clip.mp4", seed=3, seconds=1.5, size=size, title="Jug", audio=audio, staging=staging)

    assert clip.read_bytes()[4:8] == b"ftyp"


def test_no_two_stagings_film_the_same_thing_alike(tmp_path: Path) -> None:
    clips = {
        make_clip(
            tmp_path / f"{slug}.mp4", seed=3, seconds=1, size=TINY, title="Jug", audio=False, staging=staging
        ).read_bytes()
        for slug, staging in STAGINGS.items()
    }

    assert len(clips) == len(SHOPS)


def test_a_title_in_letters_that_the_typeface_lacks_is_left_out() -> None:
    with_words, without = (lettering(title, (640, 360), MORNING).getbbox() for title in ("Candle", "Свеча"))

    assert with_words is not None
    assert without is None


def test_what_is_to_stand_upright_is_filmed_so() -> None:
    frames = {item.handle: frame_of(item) for shop in SHOPS for item in shop.items}

    assert frames["market-tote"] == UPRIGHT_SIZE
    assert frames["moon-jar"] == CLIP_SIZE
