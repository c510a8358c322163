"""Captions: what is refused, by which line, and what players get."""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from marketplace_core.kernel.access import ANONYMOUS, Actor
from marketplace_core.kernel.errors import NotAllowed, NotSignedIn
from marketplace_core.kernel.ids import VideoId
from marketplace_core.video import (
    CAPTION_BYTES_MAX,
    AddCaptions,
    DeleteVideo,
    RemoveCaptions,
    VideoState,
    VideoView,
    ViewCaptions,
    ViewVideo,
    decode_captions,
)
from marketplace_core.video.domain.captions import LANGUAGES_MAX, canonical_language, checked
from marketplace_core.video.domain.errors import (
    CaptionsNotFound,
    IllegalTransition,
    MalformedCaptions,
    MalformedLanguage,
    TooManyCaptions,
    VideoNotFound,
)
from tests.core.video.studio import ANN, HELLO, OPERATOR, RIVAL, SELLER, VIDEO, Studio, a_studio

CUE = "00:01.000 --> 00:02.000"
ADD = AddCaptions(video_id=VIDEO, language="en", label="English", text=HELLO)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("webvtt\n\n" + CUE + "\nHi", 1),
        ("WEBVTTX\n\n" + CUE + "\nHi", 1),
        (" WEBVTT\n\n" + CUE + "\nHi", 1),
        ("\n\nWEBVTT", 1),
        (f"WEBVTT\n{CUE}\nHi", 2),
        (f"WEBVTT\n\n{CUE}\nH\0i", 4),
        (f"WEBVTT\n\n{CUE}\nH\ud800i", 4),
        ("WEBVTT\n\nHi", 3),
        ("WEBVTT\n\n00:01.000-->00:02.000\nHi", 3),
        ("WEBVTT\n\n00:01,000 --> 00:02,000\nHi", 3),
        ("WEBVTT\n\n0:01.000 --> 0:02.000\nHi", 3),
        ("WEBVTT\n\n00:61.000 --> 00:62.000\nHi", 3),
        ("WEBVTT\n\n00:02.000 --> 00:02.000\nHi", 3),
        ("WEBVTT\n\n00:03.000 --> 00:02.000\nHi", 3),
        (f"WEBVTT\n\n00:05.000 --> 00:06.000\nHi\n\n{CUE}\nHo", 6),
        (f"WEBVTT\n\n{CUE}\nHi\n00:03.000 --> 00:04.000\nHo", 5),
        (f"WEBVTT\n\nNOTE\n{CUE}\nHi", 4),
        ("WEBVTT\n\nSTYLE\n::cue { color: red }", 3),
        (f"WEBVTT\n\n{CUE} <script>\nHi", 3),
        (f"WEBVTT\n\nfirst\nsecond\n{CUE}\nHi", 4),
        ("WEBVTT\n\n \nHi", 4),
    ],
)
def test_what_is_no_webvtt_is_refused_by_its_line(text: str, line: int) -> None:
    with pytest.raises(MalformedCaptions) as refusal:
        checked(text)

    assert refusal.value.facts["line"] == line
    assert f"Line {line} " in refusal.value.message


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<b onclick='x()'>Hi</b",
        "<B>Hi</B>",
        "<font color=red>Hi</font>",
        "1 < 2",
        "<",
        "<<b>>",
        "<b<i>",
        "</script>",
        "<b/>",
        "<!-- x -->",
        "<v Ann<script>>",
        "<00:61.000>",
        "<rtc>",
    ],
)
def test_html_and_unknown_tags_are_refused(words: str) -> None:
    with pytest.raises(MalformedCaptions) as refusal:
        checked(f"WEBVTT\n\n{CUE}\nfine\n{words}")

    assert refusal.value.facts["line"] == 5


@pytest.mark.parametrize(
    "words",
    [
        "Hello",
        "<b>Bold</b>, <i>slanted</i>, <u>underlined</u>",
        "<v Ann>Hi</v>",
        "<v.loud.close Ann Smith>Hi",
        "<c.yellow>Hi</c>",
        "<lang en-GB>Lorry</lang>",
        "<ruby>漢<rt>kan</rt></ruby>",
        "One <00:01.500>two",
        "1 &lt; 2 and 3 > 2",
        "Привет, мир!",
    ],
)
def test_what_webvtt_knows_is_kept_as_it_is(words: str) -> None:
    text = f"WEBVTT\n\n{CUE}\n{words}\n"

    assert checked(text) == text


def test_a_whole_file_of_another_machine_is_taken() -> None:
    text = (
        "\ufeffWEBVTT - A cup\r\nKind: captions\r\n\r\nNOTE made by hand\r\n\r\nREGION\r\nid:top\r\n\r\n"
        "1\r\n00:00:00.000 --> 00:00:01.000 align:start line:0\r\nOne\r\nand a half\r\n\r\n\r\n"
        "00:00:01.000 --> 100:00:02.000\rTwo"
    )

    kept = checked(text)

    assert kept.startswith("WEBVTT - A cup\nKind: captions\n")
    assert not {"\r", "\ufeff"} & set(kept)


def test_a_file_without_a_cue_is_refused() -> None:
    for text in ("WEBVTT", "WEBVTT\n\nNOTE nothing yet"):
        with pytest.raises(MalformedCaptions, match="no cue"):
            checked(text)


def test_too_many_bytes_are_refused_before_they_are_read() -> None:
    long = HELLO + "ж" * (CAPTION_BYTES_MAX // 2)

    with pytest.raises(MalformedCaptions, match="at most"):
        checked(long)
    with pytest.raises(MalformedCaptions, match="at most"):
        decode_captions(long.encode())


def test_bytes_that_are_not_utf_8_are_refused_by_their_line() -> None:
    with pytest.raises(MalformedCaptions, match="Line 5 "):
        decode_captions(HELLO.encode() + "\xe9".encode("latin-1"))

    assert decode_captions("WEBVTT ж".encode()) == "WEBVTT ж"


@given(st.text(alphabet=st.sampled_from("WEBVT\n <>/bcv-0123:.\t&\r"), max_size=200))
def test_any_text_is_taken_or_refused_and_what_is_taken_is_taken_again(noise: str) -> None:
    try:
        kept = checked(f"WEBVTT\n\n{CUE}\n{noise}")
    except MalformedCaptions:
        return

    assert checked(kept) == kept


@pytest.mark.parametrize("tag", ["", "e", "english", "en_US", "en-", "en-USA1", "../en", "en.vtt", "ен", "x" * 36])
def test_what_is_no_language_is_refused(tag: str) -> None:
    with pytest.raises(MalformedLanguage):
        canonical_language(tag)


@pytest.mark.parametrize(
    ("tag", "canonical"),
    [("EN", "en"), ("pt-br", "pt-BR"), ("zh-hANT-tw", "zh-Hant-TW"), ("es-419", "es-419"), ("sl-NEDIS", "sl-nedis")],
)
def test_a_language_has_one_spelling(tag: str, canonical: str) -> None:
    assert canonical_language(tag) == canonical


@pytest.fixture
def studio() -> Studio:
    return a_studio()


async def seen(studio: Studio, by: Actor = ANONYMOUS) -> VideoView:
    return await studio.market.ask(ViewVideo(video_id=VIDEO), by=by)


async def test_only_the_seller_of_a_video_and_operators_add_and_remove_captions(studio: Studio) -> None:
    await studio.keep()
    remove = RemoveCaptions(video_id=VIDEO, language="en")

    for command in (ADD, remove):
        for by, refusal in ((ANONYMOUS, NotSignedIn), (ANN, NotAllowed), (RIVAL, VideoNotFound)):
            with pytest.raises(refusal):
                await studio.market.execute(command, by=by)
    await studio.market.execute(ADD, by=OPERATOR)
    await studio.market.execute(remove, by=SELLER)

    with pytest.raises(VideoNotFound):
        await studio.market.execute(evolve(ADD, video_id=VideoId("vid_none")), by=SELLER)
    with pytest.raises(CaptionsNotFound):
        await studio.market.execute(remove, by=SELLER)


@pytest.mark.parametrize("state", [VideoState.AWAITING_UPLOAD, VideoState.FAILED])
async def test_a_video_without_pictures_takes_no_captions(studio: Studio, state: VideoState) -> None:
    await studio.keep(state=state)

    with pytest.raises(IllegalTransition):
        await studio.market.execute(ADD, by=SELLER)


@pytest.mark.parametrize("label", ["", "  ", "x" * 61, "two\nlines", "a\u202eb"])
async def test_a_label_is_a_short_word(studio: Studio, label: str) -> None:
    await studio.keep()

    with pytest.raises(MalformedCaptions) as refusal:
        await studio.market.execute(evolve(ADD, label=label), by=SELLER)

    assert refusal.value.facts["field"] == "label"


async def test_a_video_has_captions_in_eight_languages_at_most(studio: Studio) -> None:
    await studio.keep()
    languages = ("en", "ru", "fr", "de", "es", "it", "pt", "pl")
    assert len(languages) == LANGUAGES_MAX
    for language in languages:
        await studio.market.execute(evolve(ADD, language=language), by=SELLER)

    with pytest.raises(TooManyCaptions):
        await studio.market.execute(evolve(ADD, language="sv"), by=SELLER)
    await studio.market.execute(evolve(ADD, language="pl", label="Polski"), by=SELLER)

    assert [track.language for track in (await seen(studio)).captions] == [*languages]


async def test_the_first_captions_are_the_default_and_new_ones_in_a_language_take_their_place(studio: Studio) -> None:
    await studio.keep()
    await studio.market.execute(evolve(ADD, language="RU", label=" Русский "), by=SELLER)
    await studio.market.execute(ADD, by=SELLER)
    before = (await seen(studio)).captions

    await studio.market.execute(
        evolve(ADD, language="ru", label="Русский", text=HELLO.replace("Hello", "Привет")), by=SELLER
    )

    after = (await seen(studio)).captions
    assert [(track.language, track.label) for track in after] == [("ru", "Русский"), ("en", "English")]
    assert before[0].url != after[0].url
    assert before[1].url == after[1].url
    assert (await seen(studio)).playback is not None


async def test_captions_are_read_by_everybody_once_the_video_is_ready_and_before_by_its_seller(studio: Studio) -> None:
    await studio.keep(state=VideoState.UPLOADED)
    await studio.market.execute(ADD, by=SELLER)
    question = ViewCaptions(video_id=VIDEO, language="EN")

    for stranger in (ANONYMOUS, RIVAL):
        with pytest.raises(CaptionsNotFound):
            await studio.market.ask(question, by=stranger)
    own = await studio.market.ask(question, by=SELLER)

    assert (own.text, own.label) == (HELLO, "English")
    with pytest.raises(CaptionsNotFound):
        await studio.market.ask(evolve(question, language="ru"), by=SELLER)
    with pytest.raises(MalformedLanguage):
        await studio.market.ask(evolve(question, language="../en"), by=SELLER)


async def test_captions_go_with_their_video(studio: Studio) -> None:
    await studio.keep()
    await studio.market.execute(ADD, by=SELLER)

    await studio.market.execute(DeleteVideo(video_id=VIDEO), by=SELLER)

    with pytest.raises(CaptionsNotFound):
        await studio.market.ask(ViewCaptions(video_id=VIDEO, language="en"), by=OPERATOR)
    assert len(studio.store.table("video_captions")) == 0
