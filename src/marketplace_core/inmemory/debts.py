"""What is remembered of sellers, and the settlements of their debts, in memory."""

from collections.abc import Collection, Mapping, Sequence
from typing import final

from attrs import frozen

from marketplace_core.inmemory.ledger import account_table
from marketplace_core.inmemory.store import Store, Table
from marketplace_core.kernel.ids import SellerId, SettlementId
from marketplace_core.kernel.money import Money, total
from marketplace_core.payments import Account, AccountKind, EscrowHold, HoldState, SellerAccount, WrongState
from marketplace_core.payments.debts import DebtSettlement, Means, SellerFacts, SellerStanding, SettlementNotFound
from marketplace_core.payments.ports import DebtSettlements, SellerStandings


@final
@frozen
class InMemorySellerStandings(SellerStandings):
    """Standings in a table."""

    store: Store

    async def find(self, seller_id: SellerId, currency: str) -> SellerStanding | None:
        """Look it up."""
        return standing_table(self.store).get(f"{seller_id}:{currency}")

    async def facts(self, seller_ids: Collection[SellerId], currency: str) -> Mapping[SellerId, SellerFacts]:
        """Look through accounts, holds and books."""
        return {seller_id: await self._facts(seller_id, currency) for seller_id in seller_ids}

    async def _facts(self, seller_id: SellerId, currency: str) -> SellerFacts:
        accounts: Table[SellerAccount] = self.store.table("payments_seller_accounts")
        holds: Table[EscrowHold] = self.store.table("payments_holds")
        account = accounts.get(seller_id)
        mine = [one for one in holds if one.seller_id == seller_id and one.share.currency == currency]
        open_ = [one.share if one.state is HoldState.PENDING else one.held for one in mine]
        return SellerFacts(
            standing=await self.find(seller_id, currency) or SellerStanding(seller_id=seller_id, currency=currency),
            enabled=account is not None and account.can_be_paid,
            held=total(open_, currency),
            owed=self._booked(AccountKind.SELLER_PAYABLE, seller_id, currency)
            + self._booked(AccountKind.SELLER_RESERVE, seller_id, currency),
            debt=self._booked(AccountKind.SELLER_RECEIVABLE, seller_id, currency),
        )

    def _booked(self, kind: AccountKind, seller_id: SellerId, currency: str) -> Money:
        name = (kind, seller_id, currency)
        rows = (row for row in account_table(self.store) if name == _name_of(row.account))
        return Money(sum(abs(row.balance_minor) for row in rows), currency)

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

    async def reversals(self, seller_id: SellerId, currency: str) -> Sequence[DebtSettlement]:
        """Filter and sort."""
        found = (
            one
            for one in settlement_table(self.store)
            if (one.seller_id, one.amount.currency, one.means) == (seller_id, currency, Means.REVERSAL)
        )
        return sorted(found, key=lambda one: one.settlement_id, reverse=True)


def standing_table(store: Store) -> Table[SellerStanding]:
    """Return what is remembered of sellers, by seller and currency."""
    return store.table("payments_seller_standings")


def settlement_table(store: Store) -> Table[DebtSettlement]:
    """Return the settlements by id."""
    return store.table("payments_debt_settlements")


def _name_of(account: Account) -> tuple[AccountKind, str, str]:
    return account.kind, account.subject, account.currency
