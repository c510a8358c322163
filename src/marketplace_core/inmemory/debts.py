"""What is remembered of sellers, and the settlements of their debts, in memory."""

from typing import final

from attrs import frozen

from marketplace_core.inmemory.store import Store, Table
from marketplace_core.kernel.ids import SellerId, SettlementId
from marketplace_core.payments import WrongState
from marketplace_core.payments.debts import DebtSettlement, Means, SellerStanding, SettlementNotFound
from marketplace_core.payments.ports import DebtSettlements, SellerStandings


@final
@frozen
class InMemorySellerStandings(SellerStandings):
    """Standings in a table."""

    store: Store

    async def find(self, seller_id: SellerId, currency: str) -> SellerStanding | None:
        """Look it up."""
        return standing_table(self.store).get(f"{seller_id}:{currency}")

    async def save(self, standing: SellerStanding) -> None:
        """Store it."""
        self.store.save(standing_table(self.store), f"{standing.seller_id}:{standing.currency}", standing)


@final
@frozen
class InMemoryDebtSettlements(DebtSettlements):
    """Settlements in a table."""

    store: Store

    async def get(self, settlement_id: SettlementId) -> DebtSettlement:
        """Look it up."""
        settlement = settlement_table(self.store).get(settlement_id)
        if settlement is None:
            raise SettlementNotFound("There is no such settlement.")
        return settlement

    async def save(self, settlement: DebtSettlement) -> None:
        """Store it, unless another top-up has its reference."""
        table, name = settlement_table(self.store), (settlement.means, settlement.provider, settlement.note)
        if settlement.means is Means.TOP_UP and any(
            (one.means, one.provider, one.note) == name and one.settlement_id != settlement.settlement_id
            for one in table
        ):
            raise WrongState("A top-up under this reference is in the books already.")
        self.store.save(table, settlement.settlement_id, settlement)


def standing_table(store: Store) -> Table[SellerStanding]:
    """Return what is remembered of sellers, by seller and currency."""
    return store.table("payments_seller_standings")


def settlement_table(store: Store) -> Table[DebtSettlement]:
    """Return the settlements by id."""
    return store.table("payments_debt_settlements")
