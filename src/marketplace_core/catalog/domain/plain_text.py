"""HTML that somebody else wrote, reduced to its text: nothing of it is ever rendered."""

from html.parser import HTMLParser
from typing import Final

_BLOCK_TAGS: Final = (
    "address article aside blockquote br dd div dl dt figcaption footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol"
    " p pre section table td th tr ul"
)
_BLOCKS: Final = frozenset(_BLOCK_TAGS.split())
_UNSPOKEN: Final = frozenset({"script", "style", "template", "iframe", "object", "noscript", "svg"})


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unspoken: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSPOKEN:
            self._unspoken.append(tag)
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._unspoken and tag == self._unspoken[-1]:
            self._unspoken.pop()
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unspoken:
            self.pieces.append(data.replace("\n", " "))


def text_of(html: str) -> str:
    """Return the words of an HTML fragment: a line per block, no empty lines, no scripts, entities resolved."""
    words = _Words()
    words.feed(html)
    words.close()
    lines = (" ".join(line.split()) for line in "".join(words.pieces).split("\n"))
    return "\n".join(line for line in lines if line)
