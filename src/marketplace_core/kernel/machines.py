"""State machines as data: arrows and resting places that can be read, drawn, and searched for dead ends.

An aggregate declares its machine once and moves through it and in no other way. What is not listed is refused with the
context's own error. ``flaws`` is the lint: it finds states that nothing reaches, states without a way out that are no
declared end, and states that bind money with nobody and no deadline to move it on.
"""

from collections.abc import Iterator
from enum import Enum, StrEnum
from typing import Generic, TypeVar

from attrs import field, frozen

from marketplace_core.kernel.errors import RuleBroken

State = TypeVar("State", bound=Enum)
Trigger = TypeVar("Trigger", bound=Enum)


class Who(StrEnum):
    """Who may pull a trigger. Buyers and sellers only ever on what is their own."""

    BUYER = "buyer"
    SELLER = "seller"
    OPERATOR = "operator"
    SYSTEM = "system"
    TIMER = "timer"
    PROVIDER = "provider"


@frozen(kw_only=True)
class Transition(Generic[State, Trigger]):
    """One arrow: ``number`` is its row in the money design, ``journals`` are the entries in the books it may cause."""

    number: str
    source: State
    trigger: Trigger
    target: State
    who: frozenset[Who]
    guard: str = ""
    journals: tuple[str, ...] = ()


def arrow(
    number: str,
    source: State,
    trigger: Trigger,
    target: State,
    *who: Who,
    guard: str = "",
    journals: tuple[str, ...] = (),
) -> Transition[State, Trigger]:
    """Write one arrow on one line."""
    return Transition(
        number=number,
        source=source,
        trigger=trigger,
        target=target,
        who=frozenset(who),
        guard=guard,
        journals=journals,
    )


@frozen(kw_only=True)
class Rest(Generic[State]):
    """What a state waits for: ``party`` moves it on, at the latest the timer of kind ``deadline`` does.

    ``term`` says how long that is, by default; ``binds_money`` whether somebody's money stands still meanwhile.
    """

    state: State
    party: Who
    deadline: str = ""
    term: str = ""
    binds_money: bool = False


@frozen(kw_only=True)
class StateMachine(Generic[State, Trigger]):
    """All arrows of one thing. ``start`` is the state at birth, ``ends`` are the states that are meant to last.

    ``refusal`` is what an arrow that is not listed raises.
    """

    name: str
    start: State
    transitions: tuple[Transition[State, Trigger], ...]
    rests: tuple[Rest[State], ...]
    ends: frozenset[State] = frozenset()
    refusal: type[RuleBroken] = field()

    def after(self, state: State, trigger: Trigger, who: Who) -> State:
        """Return the state that follows. Raises the machine's refusal naming machine, state, trigger and who."""
        for transition in self.transitions:
            if transition.source is state and transition.trigger is trigger and who in transition.who:
                return transition.target
        raise self.refusal(
            f"{self.name.capitalize()} in state {state.value!r} allows no {trigger.value!r}.",
            machine=self.name,
            state=state.value,
            trigger=trigger.value,
            who=who.value,
        )

    def allows(self, state: State, trigger: Trigger, who: Who) -> bool:
        """Tell whether there is such an arrow."""
        return any(one.source is state and one.trigger is trigger and who in one.who for one in self.transitions)

    def rest(self, state: State) -> Rest[State] | None:
        """Return what a state waits for; None for an end."""
        return next((rest for rest in self.rests if rest.state is state), None)

    def flaws(self) -> Iterator[str]:
        """Yield what is wrong with the table itself; none of it depends on any row."""
        states = set(type(self.start))
        reached = {self.start}
        for _ in states:
            reached |= {one.target for one in self.transitions if one.source in reached}
        yield from (f"{self.name}: nothing leads to {state.value}" for state in states - reached)
        seen: set[tuple[State, Trigger, Who]] = set()
        for one in self.transitions:
            arrows = {(one.source, one.trigger, who) for who in one.who}
            for source, trigger, _ in arrows & seen:
                yield f"{self.name}: {one.number} repeats {source.value} {trigger.value}"
            seen |= arrows
        for state in states:
            yield from self._flaws_of(state)

    def _flaws_of(self, state: State) -> Iterator[str]:
        ways_out = [one for one in self.transitions if one.source is state and one.target is not state]
        rest = self.rest(state)
        if state in self.ends:
            if rest is not None and rest.binds_money:
                yield f"{self.name}: {state.value} is an end and binds money"
            return
        if not ways_out:
            yield f"{self.name}: {state.value} has no way out and is no end"
        if rest is None:
            yield f"{self.name}: nobody is named whom {state.value} waits for"
            return
        movers = {who for one in ways_out for who in one.who}
        if rest.party not in movers:
            yield f"{self.name}: {state.value} waits for the {rest.party.value}, who cannot move it"
        if rest.binds_money and not rest.deadline:
            yield f"{self.name}: {state.value} binds money without a deadline"


def drawn(machine: StateMachine[State, Trigger]) -> str:
    """Return the machine as a section of Markdown: its diagram, its arrows, and what each state waits for."""
    lines = [f"## {machine.name.capitalize()}", "", "```mermaid", "stateDiagram-v2"]
    lines.append(f"    [*] --> {machine.start.value}")
    for one in machine.transitions:
        arrow = f"{one.source.value} --> {one.target.value}"
        lines.append(f"    {arrow}: {one.number} {one.trigger.value}")
    lines += [f"    {state.value} --> [*]" for state in type(machine.start) if state in machine.ends]
    lines += ["```", "", "| # | From → to | Trigger | Who | Guard | Journals |", "|---|---|---|---|---|---|"]
    for one in machine.transitions:
        who = ", ".join(party.value for party in Who if party in one.who)
        cells = (one.number, f"{one.source.value} → {one.target.value}", one.trigger.value, who, one.guard)
        lines.append("| " + " | ".join((*cells, " ".join(one.journals))) + " |")
    lines += ["", "| State | Waits for | At the latest | Money stands still |", "|---|---|---|---|"]
    for state in type(machine.start):
        rest = machine.rest(state)
        if rest is None:
            lines.append(f"| {state.value} | – | – | – |")
            continue
        term = f"`{rest.deadline}` {rest.term}".strip() if rest.deadline else "–"
        lines.append(f"| {state.value} | {rest.party.value} | {term} | {'yes' if rest.binds_money else 'no'} |")
    return "\n".join([*lines, ""])
