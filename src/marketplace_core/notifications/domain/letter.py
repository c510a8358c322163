"""A letter as neutral blocks, and its two dresses: plain text and HTML.

Everything that a person typed passes ``plain``: no control characters, no bidi overrides, one line; and ``html.escape``
on its way into HTML.
"""

import html
import re
import unicodedata
from typing import Final, TypeAlias

from attrs import frozen

SUBJECT_LENGTH_MAX: Final = 200
_JOINERS: Final = "\u200c\u200d"
"""Format characters that some scripts and emoji need inside a word."""
_BLANKS: Final = re.compile(" {2,}")
_BREAKS: Final = frozenset({"Cc", "Zl", "Zp"})
_INVISIBLE: Final = frozenset({"Cf", "Cs"})
_PAGE: Final = "margin:0;padding:24px;background:#f5f4f1;font-family:Helvetica,Arial,sans-serif;color:#1f1d1a"
_SHEET: Final = "max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border-radius:8px;overflow-wrap:anywhere"
_CELL: Final = "padding:6px 0;border-bottom:1px solid #e6e3dd;font-size:15px;line-height:1.4"
_TABLE: Final = "border-collapse:collapse;margin:0 0 16px"
_WORDS: Final = "font-size:15px;line-height:1.5;margin:0 0 16px"
_SHEETS: Final = (
    ":root{color-scheme:light dark}"
    "@media (max-width:480px){.page{padding:8px!important}.sheet{padding:16px!important}}"
    "@media (prefers-color-scheme:dark){.page{background:#191816!important;color:#ece9e3!important}"
    ".sheet{background:#262421!important}.cell{border-color:#45413b!important}a{color:#9cc4ff!important}}"
)
"""For programs that read it: narrow and dark. Those that do not have the styles of the elements, which are enough."""


@frozen
class Paragraph:
    """Some sentences."""

    text: str


@frozen
class Heading:
    """A line above what belongs together."""

    text: str


@frozen(kw_only=True)
class Link:
    """An address of ours to go to, and what is there."""

    text: str
    url: str


@frozen(kw_only=True)
class Row:
    """What, and how much."""

    label: str
    amount: str
    strong: bool = False


@frozen
class Table:
    """Rows of amounts under one another."""

    rows: tuple[Row, ...]


Block: TypeAlias = Paragraph | Heading | Link | Table


@frozen(kw_only=True)
class Letter:
    """A subject and blocks, in the language that ``language`` names (BCP 47)."""

    language: str
    subject: str
    blocks: tuple[Block, ...]


def plain(text: str) -> str:
    """Return what somebody typed as one line that can be shown anywhere."""
    kept = (
        " " if unicodedata.category(character) in _BREAKS else character
        for character in text
        if character in _JOINERS or unicodedata.category(character) not in _INVISIBLE
    )
    # Only plain blanks are joined: the no-break spaces inside an amount stay.
    return _BLANKS.sub(" ", "".join(kept)).strip(" ")


def subject_of(letter: Letter) -> str:
    """Return the subject as one line of at most 200 characters."""
    subject = plain(letter.subject)
    return subject if len(subject) <= SUBJECT_LENGTH_MAX else f"{subject[: SUBJECT_LENGTH_MAX - 1]}…"


def text_of(letter: Letter) -> str:
    """Write the letter as plain text, blocks apart by an empty line."""
    return "\n\n".join(_text(block) for block in letter.blocks) + "\n"


def html_of(letter: Letter) -> str:
    """Write the letter as an HTML document that loads nothing and links to our own pages only."""
    language = html.escape(letter.language)
    title = html.escape(subject_of(letter))
    body = "\n".join(_html(block) for block in letter.blocks)
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
        f"<title>{title}</title><style>{_SHEETS}</style></head>\n"
        f'<body class="page" style="{_PAGE}">\n<div class="sheet" role="article" aria-label="{title}" lang="{language}"'
        f' style="{_SHEET}">\n{body}\n</div>\n</body>\n</html>\n'
    )


def _text(block: Block) -> str:
    match block:
        case Paragraph(text):
            return text
        case Heading(text):
            return f"{text}\n{'-' * len(text)}"
        case Link(text=text, url=url):
            return f"{text}\n{url}"
        case Table(rows):
            width = max((len(row.label) for row in rows), default=0)
            return "\n".join(f"{row.label.ljust(width)}  {row.amount}" for row in rows)


def _html(block: Block) -> str:
    match block:
        case Paragraph(text):
            return f'<p style="{_WORDS}">{html.escape(text)}</p>'
        case Heading(text):
            return f'<h2 style="font-size:16px;margin:24px 0 8px">{html.escape(text)}</h2>'
        case Link(text=text, url=url):
            address = html.escape(url)
            return f'<p style="{_WORDS}">{html.escape(text)}<br><a href="{address}">{address}</a></p>'
        case Table(rows):
            lines = "\n".join(_html_row(row) for row in rows)
            return f'<table role="presentation" width="100%" style="{_TABLE}">\n{lines}\n</table>'


def _html_row(row: Row) -> str:
    style = f"{_CELL};font-weight:bold" if row.strong else _CELL
    return (
        f'<tr><td class="cell" style="{style}">{html.escape(row.label)}</td>'
        f'<td class="cell" align="right" style="{style};white-space:nowrap">{html.escape(row.amount)}</td></tr>'
    )
