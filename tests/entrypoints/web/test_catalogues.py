"""The catalogues of the pages: nothing is missing, nothing is left in English, and numbers have their forms."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po

from marketplace_core.catalog import parse_shopify
from marketplace_core.catalog.domain.errors import MalformedProduct, SkuTaken
from marketplace_core.catalog.domain.imports import money_of
from marketplace_core.catalog.domain.product import checked_tags, checked_title
from marketplace_core.catalog.domain.stock import checked_units
from marketplace_core.catalog.domain.variant import checked_option_names, checked_options, checked_sku
from marketplace_core.catalog.usecases.imported import said as as_reason
from marketplace_entrypoints.web.language import CATALOGUES, CODES, language
from marketplace_entrypoints.web.studio.import_words import IMPORT_FIELDS, IMPORT_NOTES
from marketplace_entrypoints.web.studio.imports import REASONS, told, value_told

ROOT: Final = Path(__file__).resolve().parents[3]
TEMPLATE: Final = CATALOGUES / "messages.pot"
TRANSLATED: Final = [code for code in CODES if code != "en"]
BROKEN_FILE: Final = """\
Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Price,Variant Inventory Qty,\
Published
,No handle,,,,,,1,,
no-title,,,,,,,1,,
no-price,No price,,,,,,,,
negative,Negative,,,,,,-1,-1,
wordy,Wordy,,,,,,a lot,many,perhaps
heaps,Heaps,,,,,,1,1000001,
nameless,Nameless,,x,Size,M,,1,,
valueless,Valueless,Size,,,,,1,,
twice,Twice,Size,M,,,S-1,1,,
twice,,Size,M,,,S-1,1,,
short,Short
quoted,"a" b" c",,,,,,1,,
open,"never
closed,,,,,,1,,
"""
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


def test_every_fault_of_a_file_is_told_in_russian() -> None:
    russian = language("ru")

    reasons = [error.reason for error in parse_shopify(BROKEN_FILE.encode()).errors]

    assert len({*reasons}) == 16
    assert [reason for reason in reasons if told(russian, reason, REASONS) == reason] == []


@pytest.mark.parametrize(
    "refused",
    [
        lambda: checked_title(""),
        lambda: checked_title("x" * 201),
        lambda: checked_title("a\u202eb"),
        lambda: checked_tags([f"tag {number}" for number in range(31)]),
        lambda: checked_sku("ё"),
        lambda: checked_option_names(["a", "b", "c", "d"]),
        lambda: checked_option_names(["a", "A"]),
        lambda: checked_options(["a"], []),
        lambda: checked_units(-1),
        lambda: money_of(Decimal("1.001"), "EUR"),
    ],
)
def test_what_the_catalogue_refuses_of_a_product_is_told_in_russian_with_the_name_of_the_field(
    refused: Callable[[], object],
) -> None:
    with pytest.raises(MalformedProduct) as caught:
        refused()

    in_russian = told(language("ru"), as_reason(caught.value), REASONS)

    assert re.match(r"[А-Я][а-я ]+: ", in_russian)


@pytest.mark.parametrize(
    ("english", "sayings", "russian"),
    [
        ("price of Red / M", IMPORT_FIELDS, "Цена: Red / M"),
        ("price of default", IMPORT_FIELDS, "Цена"),
        (as_reason(SkuTaken("A-1")), REASONS, "В магазине уже есть вариант с артикулом 'A-1'"),
        (
            "stays a draft: no_media, no_category",
            IMPORT_NOTES,
            "Останется черновиком. Нужно фото или видео. Нужна категория.",
        ),
        ("picture not fetched: https://x/y.jpg", IMPORT_NOTES, "Фото не загружено: https://x/y.jpg"),
        (
            "its options are none in the shop and Size in the file",
            REASONS,
            "Параметры не совпадают: в магазине нет, в файле Size",
        ),
        ("nobody has heard of this", REASONS, "nobody has heard of this"),
    ],
)
def test_the_report_of_an_import_speaks_russian_and_keeps_what_it_does_not_know(
    english: str, sayings: Mapping[str, str], russian: str
) -> None:
    speaker = language("ru")

    said_so = told(speaker, english, sayings)

    assert said_so == russian


def test_a_status_has_a_word_in_the_report_of_an_import_and_a_title_stays_as_it_is() -> None:
    russian = language("ru")

    shown = [value_told(russian, field, "draft") for field in ("status", "title")]

    assert shown == ["Черновик", "draft"]


def _extracted() -> Iterator[tuple[str, ...]]:
    """Extract as ``just translations`` does, by the keywords of that recipe."""
    recipe = next(
        line for line in (ROOT / "justfile").read_text().splitlines() if "pybabel" in line and "extract" in line
    )
    keywords = {**DEFAULT_KEYWORDS, **parse_keywords(re.findall(r"-k (\S+)", recipe))}
    with (ROOT / "src/entrypoints/babel.cfg").open() as lines:
        methods, options = parse_mapping_cfg(lines)  # type: ignore[no-untyped-call]
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


def _forms(said: str | Iterable[str] | None) -> tuple[str, ...]:
    return (said or "",) if said is None or isinstance(said, str) else tuple(said)
