"""Brakes in memory."""

from collections.abc import Sequence
from typing import final

from attrs import frozen

from marketplace_core.inmemory.store import Store, Table
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.payments.books import Brake, BrakeCause
from marketplace_core.payments.ports import Brakes


@final
@frozen
class InMemoryBrakes(Brakes):
    """Brakes in a table."""

    store: Store

    async def on(self) -> Sequence[Brake]:
        """Look through all."""
        return sorted(brake_table(self.store).find(lambda brake: brake.is_on), key=lambda brake: brake.cause.value)

    async def last(self, cause: BrakeCause) -> Brake | None:
        """Look through all."""
        found = brake_table(self.store).find(lambda brake: brake.cause is cause)
        return max(found, key=lambda brake: brake.brake_id, default=None)

    async def save(self, brake: Brake) -> None:
        """Store it, unless another of its cause is on."""
        table = brake_table(self.store)
        if brake.is_on and any(
            one.is_on and one.cause is brake.cause and one.brake_id != brake.brake_id for one in table
        ):
            raise ConcurrentUpdate(f"Another brake is on for {brake.cause.value}.")
        self.store.save(table, brake.brake_id, brake)


def brake_table(store: Store) -> Table[Brake]:
    """Return the brakes by id."""
    return store.table("payments_brakes")
