"""The console says everything in words: all that its pages are given has a name, and no template prints a bare code."""

import importlib
import pkgutil
import re
import typing
from collections.abc import Iterator
from enum import Enum
from typing import Any, Final

import attrs
import pytest

from marketplace_core import payments
from marketplace_core.kernel.messages import Query
from marketplace_core.orders import OrderState, SellerOrderState
from marketplace_entrypoints.web import console
from marketplace_entrypoints.web.console.names import WORDS
from marketplace_entrypoints.web.console.reasons import (
    DECLINES,
    PAYOUT_FAILURES,
    REFUND_FAILURES,
    REFUND_WAITS,
    REVIEWS,
)
from marketplace_entrypoints.web.console.words import said
from marketplace_entrypoints.web.language import language
from marketplace_entrypoints.web.templating import FOLDER

NOT_SHOWN: Final = {
    "marketplace_core.catalog.domain.media.ImageState",
    "marketplace_core.catalog.domain.media.VideoState",
    "marketplace_core.orders.domain.delivery.DeliveryProof",
    "marketplace_core.operations.domain.dead_letter.LetterKind",
    "marketplace_core.operations.domain.undelivered.Mover",
    "marketplace_core.payments.domain.brake.BrakeCause",
    "marketplace_core.payments.domain.escrow.Awaits",
    "marketplace_core.orders.domain.pricing.RemittedBy",
    "marketplace_core.payments.domain.states.account.AccountState",
    "marketplace_core.payments.domain.states.claim.ClaimTrigger",
}
"""What views carry that no page of the console shows."""
PRINTED: Final = re.compile(r"(?<!<code>)(?<!quiet\">)(?<!=){{ ?[\w.]+\.value[^}]*}}")


def test_whatever_a_page_of_the_console_is_given_has_a_word() -> None:
    given = {kind for answer in _answers() for kind in _kinds(answer, set())}

    named = {kind for kind in given if f"{kind.__module__}.{kind.__qualname__}" not in NOT_SHOWN}

    assert {"PaymentState", "AccountKind", "JournalKind", "Template", "Who", "Proof"} <= {
        kind.__name__ for kind in named
    }
    assert [member for kind in named for member in kind if (kind, member.value) not in WORDS] == []


def test_every_word_is_said_in_russian_too() -> None:
    russian = language("ru")

    texts = [
        *(word.text for word in WORDS.values()),
        *REVIEWS.values(),
        *DECLINES.values(),
        *PAYOUT_FAILURES.values(),
        *REFUND_FAILURES.values(),
        *REFUND_WAITS.values(),
    ]

    assert [text for text in texts if not re.search("[а-я]", russian.say(text))] == []


def test_no_template_of_the_console_prints_a_code_where_a_word_belongs() -> None:
    printed = [
        (template.name, found.group())
        for template in sorted((FOLDER / "console").glob("*.html"))
        for found in PRINTED.finditer(template.read_text())
    ]

    assert printed == []


@pytest.mark.parametrize("state", [OrderState.CONFIRMED, SellerOrderState.CONFIRMED])
def test_steps_are_named_after_the_states_of_their_own_timeline(state: Enum) -> None:
    english = said(language("en"))

    steps = [english.step(what, state) for what in ("placed", "confirmed", "never heard of")]

    assert steps == ["Ordered", english(state), "never heard of"]


def test_a_reason_that_only_the_provider_knows_stays_its_code() -> None:
    russian = said(language("ru"))

    told = [russian.decline("do_not_honor"), russian.payout_failure("no_account"), russian.review("")]

    assert told == ["do_not_honor", "no_account", ""]


def test_the_reasons_that_the_core_gives_itself_have_words() -> None:
    module = importlib.import_module(f"{payments.__name__}.usecases.send_payout")

    assert {module.ACCOUNT_RESTRICTED, module.MISMATCH} <= PAYOUT_FAILURES.keys()


def _answers() -> Iterator[Any]:
    """Return what is answered to everything that the rooms of the console ask."""
    for found in pkgutil.iter_modules(console.__path__):
        room = importlib.import_module(f"{console.__name__}.{found.name}")
        for asked in vars(room).values():
            if isinstance(asked, type) and issubclass(asked, Query) and asked is not Query:
                yield next(typing.get_args(base)[0] for base in vars(asked)["__orig_bases__"])


def _kinds(answer: Any, seen: set[Any]) -> Iterator[type[Enum]]:
    """Find every enumeration that an answer is made of."""
    if answer in seen:
        return
    seen.add(answer)
    if isinstance(answer, type) and issubclass(answer, Enum):
        yield answer
        return
    origin = typing.get_origin(answer)
    if origin is not None:
        for part in (origin, *typing.get_args(answer)):
            yield from _kinds(part, seen)
    elif isinstance(answer, type) and attrs.has(answer):
        for hint in typing.get_type_hints(answer).values():
            yield from _kinds(hint, seen)
