"""State machines as data: a table of transitions that can be read, drawn and checked."""

from enum import Enum, StrEnum
from typing import Generic, TypeVar

from attrs import frozen

from marketplace_core.orders.domain.errors import IllegalTransition

State = TypeVar("State", bound=Enum)
Trigger = TypeVar("Trigger", bound=Enum)


class Who(StrEnum):
    """Who may pull a trigger. Buyers and sellers only ever on their own orders."""

    BUYER = "buyer"
    SELLER = "seller"
    OPERATOR = "operator"
    SYSTEM = "system"
    TIMER = "timer"


@frozen(kw_only=True)
class Transition(Generic[State, Trigger]):
    """One arrow: ``number`` is its row in the money design (4.3, 4.5)."""

    number: str
    source: State
    trigger: Trigger
    target: State
    who: frozenset[Who]


@frozen(kw_only=True)
class StateMachine(Generic[State, Trigger]):
    """All arrows of one thing; what is not listed is illegal. ``start`` is the state at birth."""

    name: str
    start: State
    transitions: tuple[Transition[State, Trigger], ...]

    def after(self, state: State, trigger: Trigger, who: Who) -> State:
        """Return the state that follows. Raises ``IllegalTransition`` naming state and trigger."""
        for transition in self.transitions:
            if transition.source is state and transition.trigger is trigger and who in transition.who:
                return transition.target
        raise IllegalTransition(
            f"{self.name.capitalize()} in state {state.value!r} allows no {trigger.value!r}.",
            machine=self.name,
            state=state.value,
            trigger=trigger.value,
            who=who.value,
        )

    @property
    def ends(self) -> frozenset[State]:
        """The states without a way out."""
        sources = {transition.source for transition in self.transitions}
        return frozenset({transition.target for transition in self.transitions} - sources)
