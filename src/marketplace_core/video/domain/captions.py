"""Captions: what is said in a video, as WebVTT that any player shows and no page has to fear.

The text is checked as a whole before it is kept, line by line: a header, cues with begin before end and begins in
order, and in a cue's words only the tags that WebVTT knows (https://www.w3.org/TR/webvtt1/).
"""

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Final

from attrs import frozen

from marketplace_core.kernel.ids import VideoId
from marketplace_core.video.domain.errors import MalformedCaptions, MalformedLanguage, TooManyCaptions

CAPTION_BYTES_MAX: Final = 256 * 1024
LANGUAGES_MAX: Final = 8
LABEL_LENGTH_MAX: Final = 60
TAGS: Final = ("b", "i", "u", "c", "v", "lang", "ruby", "rt")
"""Every tag that may stand in a cue; ``rt`` only ever stands inside ``ruby``."""

_LANGUAGE: Final = re.compile(
    r"(?P<language>[a-z]{2,3})(-(?P<script>[a-z]{4}))?(-(?P<region>[a-z]{2}|\d{3}))?(?P<variants>(-[a-z0-9]{5,8})*)",
    re.ASCII | re.IGNORECASE,
)
_MOMENT: Final = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING: Final = re.compile(rf"{_MOMENT}[ \t]+-->[ \t]+{_MOMENT}(?:[ \t]+[^<>]*)?", re.ASCII)
_NAMES: Final = "|".join(TAGS)
_TAG: Final = re.compile(rf"</?(?:{_NAMES})>|<(?:{_NAMES})(?:\.[^\s.<>&]+)*(?:[ \t]+[^<>&]*)?>|<{_MOMENT}>", re.ASCII)
_ARROW: Final = "-->"


def canonical_language(tag: str) -> str:
    """Return a language tag (BCP 47: language, script, region, variants) in its usual spelling, such as ``pt-BR``.

    Raises ``MalformedLanguage``.
    """
    found = _LANGUAGE.fullmatch(tag) if len(tag) <= 35 else None
    if found is None:
        raise MalformedLanguage("A language is a BCP 47 tag, such as en, ru or pt-BR.", field="language")
    parts = (found["language"].lower(), (found["script"] or "").title(), (found["region"] or "").upper())
    return "-".join(part for part in parts if part) + found["variants"].lower()


@frozen(kw_only=True)
class Captions:
    """The captions of a video in one language. ``label`` is what a player's menu says."""

    video_id: VideoId
    language: str
    label: str
    text: str

    @classmethod
    def write(cls, *, video_id: VideoId, language: str, label: str, text: str) -> "Captions":
        """Check everything and return what is to be kept. Raises ``MalformedLanguage``, ``MalformedCaptions``."""
        label = label.strip()
        if not 1 <= len(label) <= LABEL_LENGTH_MAX or not label.isprintable():
            raise MalformedCaptions(f"A label is 1 to {LABEL_LENGTH_MAX} visible characters.", field="label")
        return cls(video_id=video_id, language=canonical_language(language), label=label, text=checked(text))

    @property
    def version(self) -> str:
        """Name this very text; another text has another version."""
        return sha256(self.text.encode()).hexdigest()[:16]


def require_room(languages: Sequence[str], language: str) -> None:
    """Pass if a video with captions in ``languages`` may have them in this one too. Raises ``TooManyCaptions``."""
    if language not in languages and len(languages) >= LANGUAGES_MAX:
        raise TooManyCaptions(f"A video has captions in at most {LANGUAGES_MAX} languages.")


def decode_captions(content: bytes) -> str:
    """Return the text of a file. Raises ``MalformedCaptions`` unless it is UTF-8 of an acceptable size."""
    if len(content) > CAPTION_BYTES_MAX:
        raise MalformedCaptions(f"Captions have at most {CAPTION_BYTES_MAX} bytes.", field="text")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as failure:
        line = content.count(b"\n", 0, failure.start) + 1
        raise MalformedCaptions(f"Line {line} is not UTF-8.", field="text", line=line) from None


def checked(text: str) -> str:
    """Return WebVTT with plain line ends, or raise ``MalformedCaptions``, which names the line."""
    if len(text) > CAPTION_BYTES_MAX or len(text.encode(errors="replace")) > CAPTION_BYTES_MAX:
        raise MalformedCaptions(f"Captions have at most {CAPTION_BYTES_MAX} bytes.", field="text")
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = plain.split("\n")
    for number, line in enumerate(lines, 1):
        if "\0" in line or any("\ud800" <= letter <= "\udfff" for letter in line):
            raise _refused(number, "holds a character that no text has")
    blocks = _blocks(lines)
    _check_header(lines[0], next(blocks, []))
    begun, cues = 0, 0
    for block in blocks:
        begins = _begin_of(block)
        if begins is None:
            continue
        if begins < begun:
            raise _refused(block[0][0], "begins a cue before the one above it")
        begun, cues = begins, cues + 1
    if not cues:
        raise MalformedCaptions("There is no cue in the captions.", field="text")
    return plain


def _check_header(first: str, header: Sequence[tuple[int, str]]) -> None:
    if first != "WEBVTT" and not first.startswith(("WEBVTT ", "WEBVTT\t")):
        raise _refused(1, "is not WEBVTT, as the first line must be")
    for number, line in header:
        if _ARROW in line:
            raise _refused(number, "is a cue in the header; an empty line goes before the first cue")


def _blocks(lines: Sequence[str]) -> Iterator[list[tuple[int, str]]]:
    """Yield the runs of lines between empty ones, each line with its number; the first is the header."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        if line:
            block.append((number, line))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _begin_of(block: Sequence[tuple[int, str]]) -> int | None:
    """Return when the cue of a block begins, in milliseconds; None for a block that is no cue."""
    number, first = block[0]
    if re.split(r"[ \t]", first, maxsplit=1)[0] in {"NOTE", "REGION"} and _ARROW not in first:
        for within, line in block:
            if _ARROW in line:
                raise _refused(within, "is a cue without an empty line above it")
        return None
    if first.rstrip() == "STYLE":
        raise _refused(number, "is a style; how captions look is the player's business")
    timing, *words = block if _ARROW in first else block[1:] or block
    begins = _checked_timing(*timing)
    for within, line in words:
        _check_words(within, line)
    return begins


def _checked_timing(number: int, line: str) -> int:
    found = _TIMING.fullmatch(line.strip(" \t"))
    if found is None:
        raise _refused(number, "is not a time span such as 00:00:01.000 --> 00:00:04.000")
    moments = found.groups(default="0")
    begins, ends = _milliseconds(moments[:4]), _milliseconds(moments[4:])
    if begins >= ends:
        raise _refused(number, "ends a cue before it begins")
    return begins


def _milliseconds(parts: Sequence[str]) -> int:
    hours, minutes, seconds, milliseconds = (int(part) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1_000 + milliseconds


def _check_words(number: int, line: str) -> None:
    if _ARROW in line:
        raise _refused(number, "is a cue without an empty line above it")
    if "<" in _TAG.sub("", line):
        raise _refused(number, f"holds a tag other than {', '.join(TAGS)}; write &lt; for a plain <")


def _refused(number: int, what: str) -> MalformedCaptions:
    return MalformedCaptions(f"Line {number} {what}.", field="text", line=number)
