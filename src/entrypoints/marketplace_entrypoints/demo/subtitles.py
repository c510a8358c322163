"""The words under the clips: in each language what the seller says about the thing, as WebVTT."""

from typing import Final

from attrs import frozen

from marketplace_entrypoints.demo.catalogue import Item
from marketplace_entrypoints.demo.clips import captions

LANGUAGES: Final = {"en": "English", "ru": "Русский"}
"""By code, each named in itself."""


@frozen(kw_only=True)
class Subtitle:
    """The captions of one clip in one language: its code, its name, and the WebVTT text."""

    language: str
    label: str
    text: str


def subtitles(item: Item) -> tuple[Subtitle, ...]:
    """Return the captions of the thing's clip, one per language; none for a thing without a clip."""
    if item.clip_seconds is None:
        return ()
    return tuple(
        Subtitle(language=code, label=LANGUAGES[code], text=captions(lines, item.clip_seconds))
        for code, lines in item.captions.items()
    )


def alt_text(item: Item, language: str) -> str | None:
    """Return what is said of the clip where it cannot be seen: the first line of its captions."""
    lines = item.captions.get(language)
    return lines[0] if lines else None
