"""Which renditions a clip gets."""

from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from marketplace_adapters.ffmpeg.clip import Clip
from marketplace_adapters.ffmpeg.ladder import ladder
from marketplace_adapters.ffmpeg.storyboard import TILES_MAX, cues, plan_sheet

CLIP = Clip(
    container="mp4", duration_ms=6000, width=1280, height=720, fps=30.0, steady=True, rotation_degrees=0, has_audio=True
)


@given(st.integers(32, 8192), st.integers(32, 8192))
def test_any_clip_gets_three_different_even_renditions_none_larger_than_itself(width: int, height: int) -> None:
    clip = evolve(CLIP, width=width, height=height)

    rungs = ladder(clip)

    assert len({(rung.width, rung.height) for rung in rungs}) == 3
    for rung in rungs:
        assert rung.width % 2 == 0
        assert rung.height % 2 == 0
        assert 2 <= rung.width <= width
        assert 2 <= rung.height <= height
        assert max(rung.width, rung.height) <= 1920
    assert [rung.video_bits_per_second_max for rung in rungs] == sorted(
        (rung.video_bits_per_second_max for rung in rungs), reverse=True
    )


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1920, 1080), [(1920, 1080), (1280, 720), (640, 360)]),
        ((3840, 2160), [(1920, 1080), (1280, 720), (640, 360)]),
        ((1080, 1920), [(1080, 1920), (720, 1280), (360, 640)]),
        ((1280, 720), [(1280, 720), (854, 480), (640, 360)]),
        ((854, 480), [(854, 480), (640, 360), (428, 240)]),
        ((320, 240), [(320, 240), (212, 158), (160, 120)]),
        ((321, 241), [(320, 240), (212, 160), (160, 120)]),
        ((32, 32), [(32, 32), (22, 22), (16, 16)]),
    ],
)
def test_the_usual_sizes_get_the_usual_ladder(size: tuple[int, int], expected: list[tuple[int, int]]) -> None:
    rungs = ladder(evolve(CLIP, width=size[0], height=size[1]))

    assert [(rung.width, rung.height) for rung in rungs] == expected


@pytest.mark.parametrize(
    ("fps", "rate"),
    [
        (29.9703, Fraction(30000, 1001)),
        (29.996, Fraction(30)),
        (23.976, Fraction(24000, 1001)),
        (25.0, Fraction(25)),
        (59.94, Fraction(30000, 1001)),
        (50.0, Fraction(25)),
        (120.0, Fraction(30)),
        (1.0, Fraction(1)),
        (0.2, Fraction(1)),
        (14.4, Fraction(14)),
        (90_000.0, Fraction(30)),
    ],
)
def test_frame_rates_snap_to_a_standard_one_of_at_most_thirty(fps: float, rate: Fraction) -> None:
    assert evolve(CLIP, fps=fps).frame_rate == rate


def test_a_clip_with_uneven_frames_is_shown_at_thirty_a_second() -> None:
    assert evolve(CLIP, fps=3.0, steady=False).frame_rate == 30


@given(st.integers(1, 20 * 3_600_000), st.sampled_from([Fraction(1), Fraction(24000, 1001), Fraction(30)]))
def test_a_storyboard_never_needs_more_than_its_limit_of_tiles(duration_ms: int, rate: Fraction) -> None:
    plan = plan_sheet(duration_ms=duration_ms, frame_rate=rate, width=1280, height=720)

    assert 1 <= plan.tiles <= TILES_MAX
    assert plan.columns * plan.rows >= plan.tiles
    assert plan.interval_ms >= 1000 / rate
    assert cues(plan).count("#xywh=") == plan.tiles


def test_the_cues_cut_the_sheet_row_by_row_and_end_with_the_clip() -> None:
    plan = plan_sheet(duration_ms=5760, frame_rate=Fraction(25), width=720, height=1280)

    text = cues(plan)

    assert (plan.tiles, plan.columns, plan.rows) == (12, 10, 2)
    assert text.startswith("WEBVTT\n\n00:00:00.000 --> 00:00:00.500\nstoryboard.jpg#xywh=0,0,90,160\n")
    assert "00:00:05.000 --> 00:00:05.500\nstoryboard.jpg#xywh=0,160,90,160\n" in text
    assert text.endswith("00:00:05.500 --> 00:00:05.760\nstoryboard.jpg#xywh=90,160,90,160\n")
