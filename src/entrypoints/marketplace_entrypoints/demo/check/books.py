"""What the operator sees of the money: escrows, balances, payouts, the ledger."""

from collections.abc import AsyncIterator, Mapping
from typing import Any, Final

from attrs import frozen

from marketplace_entrypoints.demo.check.outsider import Outsider

PAGE: Final = 100
PAGES_MAX: Final = 50


@frozen
class Books:
    """The books, read over HTTP by an operator."""

    operator: Outsider

    async def escrows(self, order_id: str) -> tuple[Mapping[str, Any], ...]:
        """Return what is held for an order, per seller order."""
        return tuple((await self.operator.get("/v1/escrow", order_id=order_id, limit=PAGE))["items"])

    async def journals(self, source_id: str) -> tuple[Mapping[str, Any], ...]:
        """Return what was booked for a payment, a release or a payout."""
        return tuple((await self.operator.get("/v1/ledger/journals", source_id=source_id, limit=PAGE))["items"])

    async def all_journals(self) -> AsyncIterator[Mapping[str, Any]]:
        """Yield everything that was booked, the newest first."""
        params: dict[str, Any] = {"limit": PAGE}
        for _ in range(PAGES_MAX):
            page = await self.operator.get("/v1/ledger/journals", **params)
            for journal in page["items"]:
                yield journal
            if page["next_cursor"] is None:
                return
            params["cursor"] = page["next_cursor"]

    async def paid_payout(self, seller_id: str, seller_order_id: str) -> Mapping[str, Any] | None:
        """Return the payout that has paid a seller for a seller order, once it has."""
        page = await self.operator.get("/v1/payouts", seller_id=seller_id, limit=PAGE)
        for payout in page["items"]:
            pays = [item["seller_order_id"] for item in payout["items"]]
            if payout["state"] == "paid" and seller_order_id in pays:
                found: Mapping[str, Any] = payout
                return found
        return None

    async def balances(self) -> dict[str, Mapping[str, Any]]:
        """Return every shop's balance by the shop's name; shops that never sold have none."""
        shops = (await self.operator.get("/v1/sellers", limit=PAGE))["items"]
        found: dict[str, Mapping[str, Any]] = {}
        for shop in reversed(shops):
            balance = await self.operator.get(f"/v1/sellers/{shop['seller_id']}/balance")
            name = shop["name"] if shop["name"] not in found else f"{shop['name']} ({shop['slug']})"
            for one in balance["balances"]:
                found[name] = one
        return found

    async def trial_balance(self) -> Mapping[str, Any]:
        """Return the books by kind of account."""
        balance: Mapping[str, Any] = await self.operator.get("/v1/ledger/trial-balance")
        return balance

    async def violations(self) -> list[Mapping[str, Any]]:
        """Return what the audit of the books finds."""
        found: list[Mapping[str, Any]] = (await self.operator.get("/v1/ledger/audit"))["violations"]
        return found
