"""Every refusal has a stable code, prefixed by the context it belongs to (ADR 0013)."""

import re
from collections import Counter
from typing import Final

from marketplace_core.kernel.errors import ErrorKind, MarketplaceError
from marketplace_entrypoints import problems
from tests.architecture.source_tree import classes_defined_in, context_of, core_classes, full_name, modules

SHAPE: Final = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z0-9]+(_[a-z0-9]+)*")


def errors() -> list[type[MarketplaceError]]:
    """Return every error that a caller may see, of the core, the adapters and the doors."""
    outside = (*modules("marketplace_adapters"), *modules("marketplace_entrypoints"))
    return [found for found in (*core_classes(), *classes_defined_in(outside)) if issubclass(found, MarketplaceError)]


def test_every_error_declares_its_own_code() -> None:
    borrowed = [full_name(error) for error in errors() if "code" not in vars(error)]

    assert len(errors()) > 20
    assert borrowed == []


def test_error_codes_are_unique() -> None:
    codes = Counter(error.code for error in errors())

    assert [code for code, count in codes.items() if count > 1] == []


def test_an_error_code_is_prefixed_by_its_context() -> None:
    misplaced = [
        f"{full_name(error)}: {error.code}"
        for error in errors()
        if (context := context_of(error)) and not error.code.startswith(f"{context}.")
    ]

    assert misplaced == []


def test_error_codes_are_two_words_in_snake_case() -> None:
    malformed = [f"{full_name(error)}: {error.code}" for error in errors() if not SHAPE.fullmatch(error.code)]

    assert malformed == []


def test_every_error_says_what_it_complains_about() -> None:
    silent = [full_name(error) for error in errors() if not (error.__doc__ or "").strip()]

    assert silent == []


def test_every_kind_of_error_has_one_status_and_one_exit_code() -> None:
    kinds = set(ErrorKind)

    assert set(problems.STATUS) == kinds
    assert set(problems.EXIT_CODE) == kinds
    assert min(problems.STATUS.values()) >= 400
    assert min(problems.EXIT_CODE.values()) >= 3
