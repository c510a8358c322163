"""The catalogues of the pages: nothing is missing, nothing is left in English, and numbers have their forms."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po

from marketplace_entrypoints.web.language import CATALOGUES, CODES, language

ROOT: Final = Path(__file__).resolve().parents[3]
TEMPLATE: Final = CATALOGUES / "messages.pot"
TRANSLATED: Final = [code for code in CODES if code != "en"]
PLACEHOLDER: Final = re.compile(r"%\(\w+\)s")


def test_the_template_holds_exactly_what_the_pages_say() -> None:
    written = {_forms(message.id) for message in _messages(TEMPLATE)}

    said = set(_extracted())

    assert said - written == set(), "run: just translations"
    assert written - said == set(), "run: just translations"


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_message_is_translated(code: str) -> None:
    wanted = {_forms(message.id) for message in _messages(TEMPLATE)}

    catalogue = _catalogue(code)

    done = {
        _forms(message.id)
        for message in _translations(catalogue)
        if all(_forms(message.string))
        and not message.fuzzy
        and len(_forms(message.string)) == _needed(message, catalogue)
    }
    assert wanted - done == set()


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_fills_in_what_the_message_fills_in(code: str) -> None:
    catalogue = _catalogue(code)

    differing = [
        form
        for message in _translations(catalogue)
        for form in _forms(message.string)
        if {*PLACEHOLDER.findall(form)} != {*PLACEHOLDER.findall(" ".join(_forms(message.id)))}
    ]

    assert differing == []


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "1 товар"),
        (2, "2 товара"),
        (5, "5 товаров"),
        (11, "11 товаров"),
        (21, "21 товар"),
        (22, "22 товара"),
        (25, "25 товаров"),
    ],
)
def test_a_russian_number_goes_with_its_own_form(number: int, said: str) -> None:
    russian = language("ru")

    assert russian.count("%(num)s product", "%(num)s products", number) == said


def _extracted() -> Iterator[tuple[str, ...]]:
    """Extract as ``just translations`` does, by the keywords of that recipe."""
    recipe = next(
        line for line in (ROOT / "justfile").read_text().splitlines() if "pybabel" in line and "extract" in line
    )
    keywords = {**DEFAULT_KEYWORDS, **parse_keywords(re.findall(r"-k (\S+)", recipe))}
    with (ROOT / "src/entrypoints/babel.cfg").open() as lines:
        methods, options = parse_mapping_cfg(lines)
    for _, _, said, _, _ in extract_from_dir(CATALOGUES.parent, methods, options, keywords):
        yield _forms(said)


def _catalogue(code: str) -> Catalog:
    with (CATALOGUES / code / "LC_MESSAGES" / "messages.po").open("rb") as lines:
        return read_po(lines, locale=code)


def _messages(path: Path) -> list[Message]:
    with path.open("rb") as lines:
        return _translations(read_po(lines))


def _translations(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _needed(message: Message, catalogue: Catalog) -> int:
    return catalogue.num_plurals if message.pluralizable else 1


def _forms(said: str | Iterable[str]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)
