"""State machines are data: no state is out of reach, none is a dead end, none binds money without a deadline."""

from enum import Enum
from typing import Any

import pytest

from marketplace_core.identity import TIMERS as IDENTITY_TIMERS
from marketplace_core.kernel.errors import RuleBroken
from marketplace_core.kernel.machines import Rest, StateMachine, Who, arrow
from marketplace_core.orders import TIMERS as ORDER_TIMERS
from marketplace_core.payments import TIMERS as PAYMENT_TIMERS
from tests.architecture.machines import MACHINES, PAGE, written


class Light(Enum):
    """Where a light stands."""

    RED = "red"
    GREEN = "green"
    BROKEN = "broken"


class Push(Enum):
    """What moves it."""

    GO = "go"
    BREAK = "break"


class NoSuchArrow(RuleBroken):
    """It does not go there."""

    code = "tests.no_such_arrow"


GO, BREAK = (
    arrow("1", Light.RED, Push.GO, Light.GREEN, Who.TIMER),
    arrow("2", Light.GREEN, Push.BREAK, Light.BROKEN, Who.SYSTEM),
)
RED, GREEN = (
    Rest(state=Light.RED, party=Who.TIMER, deadline="lights.go", binds_money=True),
    Rest(state=Light.GREEN, party=Who.SYSTEM),
)


def a_light(**changes: Any) -> StateMachine[Light, Push]:
    """Return a machine without a flaw, or with some."""
    table: dict[str, Any] = {
        "name": "a light",
        "start": Light.RED,
        "transitions": (GO, BREAK),
        "rests": (RED, GREEN),
        "ends": frozenset({Light.BROKEN}),
        "refusal": NoSuchArrow,
    }
    return StateMachine(**(table | changes))


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_no_machine_has_a_flaw(machine: StateMachine[Any, Any]) -> None:
    assert list(machine.flaws()) == []


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_every_deadline_has_a_command(machine: StateMachine[Any, Any]) -> None:
    deadlines = {rest.deadline for rest in machine.rests if rest.deadline}

    assert deadlines <= ORDER_TIMERS.keys() | PAYMENT_TIMERS.keys() | IDENTITY_TIMERS.keys()


def test_the_page_says_what_the_code_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == written(), "run ./dev machines"


@pytest.mark.parametrize(
    ("changes", "flaw"),
    [
        ({"transitions": (GO,)}, "nothing leads to broken"),
        ({"transitions": (GO, GO, BREAK)}, "1 repeats red go"),
        ({"ends": frozenset()}, "broken has no way out and is no end"),
        ({"rests": (RED,)}, "nobody is named whom green waits for"),
        ({"rests": (RED, Rest(state=Light.GREEN, party=Who.BUYER))}, "green waits for the buyer, who cannot move it"),
        (
            {"rests": (Rest(state=Light.RED, party=Who.TIMER, binds_money=True), GREEN)},
            "red binds money without a deadline",
        ),
        (
            {"rests": (RED, GREEN, Rest(state=Light.BROKEN, party=Who.SYSTEM, binds_money=True))},
            "broken is an end and binds money",
        ),
    ],
)
def test_the_lint_finds_what_is_wrong_with_a_table(changes: dict[str, Any], flaw: str) -> None:
    assert list(a_light().flaws()) == []

    assert f"a light: {flaw}" in list(a_light(**changes).flaws())


def test_what_is_not_listed_is_refused_and_says_what_was_tried() -> None:
    with pytest.raises(NoSuchArrow) as refusal:
        a_light().after(Light.GREEN, Push.GO, Who.TIMER)

    assert refusal.value.facts == {"machine": "a light", "state": "green", "trigger": "go", "who": "timer"}
