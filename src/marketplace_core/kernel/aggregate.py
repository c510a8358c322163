"""The one thing all aggregates share: a version, and the events not yet stored."""

from enum import Enum

from attrs import define, field

from marketplace_core.kernel.messages import Event


@define(kw_only=True, eq=False)
class Aggregate:
    """A cluster of facts that changes as one.

    ``version`` is 0 until the first save; a collection's ``save`` compares it with the stored one, raises
    ``ConcurrentUpdate`` on a difference, and adds one. ``record`` queues an event that the same save stores.
    """

    version: int = 0
    _events: list[Event] = field(factory=list, init=False, repr=False)

    def record(self, event: Event) -> None:
        """Queue a fact; it is published only if this aggregate is saved and its transaction commits."""
        self._events.append(event)

    def drain_events(self) -> tuple[Event, ...]:
        """Hand over the queued facts, leaving none behind. Called by collections."""
        events = tuple(self._events)
        self._events.clear()
        return events

    def saved_as(self, name: str) -> str:
        """Say in a few words what is being saved, for whoever rehearses."""
        state = getattr(self, "state", None)
        return f"save {type(self).__name__} {name}" + (f" as {state.value}" if isinstance(state, Enum) else "")
