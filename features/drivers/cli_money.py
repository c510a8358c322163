"""Money on the command line."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from features.drivers.cli_door import CliDoor
from features.drivers.documents import balance_in, liquidity_in, refunds_in
from features.drivers.names import until_five_past
from features.drivers.provider import dispute_decided, payout_returned, scripted
from features.drivers.seen import BalanceSeen, LiquiditySeen, RefundSeen
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace, open_marketplace
from marketplace_entrypoints.composition.settings import Settings

WHY = ("--reason", "The parcel's papers are here.")


class CliMoney(CliDoor):
    """Held money, refunds, payouts and the books."""

    def agree_terms(self, *, reserve_bps: int, fee_minor: int) -> None:
        self._reserve_bps = reserve_bps
        self._clock.advance(until_five_past(self._clock))
        self._beside(lambda opened: scripted(opened, "settings", {"fee_basis_points": 0, "fee_fixed_minor": fee_minor}))

    def ask_for_refund(self, buyer: str, shop: str, *, items_minor: int, reason: str) -> None:
        part = ("--part", f"{self._part(buyer, shop)}:{items_minor}")
        self._do("refund", "give", self._orders[buyer], *part, "--reason", reason, person=buyer)

    def give_back(self, shop: str, buyer: str, *, items_minor: int) -> None:
        part = ("--part", f"{self._part(buyer, shop)}:{items_minor}")
        self._do("refund", "give", self._orders[buyer], *part, "--reason", "Sorry.", person=self._owners[shop])

    def give_back_of_order(self, buyer: str, *, amount_minor: int) -> None:
        self._do("refund", "give", self._orders[buyer], "--amount", str(amount_minor), "--reason", "Sorry.")

    def approve_refund(self, shop: str, buyer: str) -> None:
        self._do("refund", "approve", self._newest_refund(buyer), person=self._owners[shop])

    def reject_refund(self, shop: str, buyer: str, *, note: str) -> None:
        self._do("refund", "reject", self._newest_refund(buyer), "--reason", note, person=self._owners[shop])

    def refunds(self, buyer: str) -> list[RefundSeen]:
        return refunds_in(self._ask("refund", "list", "--order", self._orders[buyer], person=buyer))

    def open_claim(self, buyer: str, shop: str, *, text: str) -> None:
        self._do("claim", "open", self._part(buyer, shop), "--kind", "damaged", "--text", text, person=buyer)

    def answer_claim(self, shop: str, buyer: str, *, says: str, text: str, items_minor: int = 0) -> None:
        words = ("--text", text, "--items", str(items_minor))
        self._do("claim", "answer", self._newest_claim(buyer)["claim_id"], says, *words, person=self._owners[shop])

    def accept_claim_offer(self, buyer: str, *, offered_minor: int) -> None:
        claim = self._newest_claim(buyer)["claim_id"]
        self._do("claim", "accept", claim, "--offered", str(offered_minor), person=buyer)

    def withdraw_claim(self, buyer: str) -> None:
        self._do("claim", "withdraw", self._newest_claim(buyer)["claim_id"], person=buyer)

    def decide_claim(self, buyer: str, *, decision: str, reason: str, items_minor: int = 0) -> None:
        words = ("--reason", reason, "--items", str(items_minor))
        self._do("claim", "decide", self._newest_claim(buyer)["claim_id"], decision, *words)

    def claim_is(self, buyer: str) -> str:
        return str(self._newest_claim(buyer)["state"])

    def _newest_claim(self, buyer: str) -> Any:
        return self._ask("claim", "list", "--order", self._orders[buyer], person=buyer)["items"][0]

    def bank_returns_payout(self, shop: str) -> None:
        payout = self._newest_payout(shop)["payout_id"]
        self._beside(lambda opened: payout_returned(opened, payout))
        self._settle()

    def payout_is(self, shop: str) -> str:
        return str(self._newest_payout(shop)["state"])

    def retry_payout(self, shop: str) -> None:
        self._do("payout", "retry", self._newest_payout(shop)["payout_id"], "--reason", "Another account.")
        self.pass_time(minutes=5)

    def dispute(self, buyer: str, shop: str, *, amount_minor: int) -> None:
        fields = {"payment": self._payment(buyer), "amount_minor": amount_minor, "item": self._part(buyer, shop)}
        self._beside(lambda opened: scripted(opened, "disputes", fields))
        self._settle()

    def decide_dispute(self, buyer: str, *, won: bool) -> None:
        payment = self._payment(buyer)
        self._beside(lambda opened: dispute_decided(opened, payment, won=won))
        self._settle()

    def answer_dispute(self, buyer: str, *, about: str, words: str) -> None:
        self._do("disputes", "answer", self._dispute(buyer)["dispute_id"], "--statement", f"{about}={words}", *WHY)

    def accept_dispute(self, buyer: str) -> None:
        self._do("disputes", "accept", self._dispute(buyer)["dispute_id"], *WHY)

    def dispute_is(self, buyer: str) -> str:
        return str(self._dispute(buyer)["state"])

    def in_the_books(self, kind: str) -> int:
        rows = self._ask("ledger", "balance")["rows"]
        return sum(row["balance"]["amount_minor"] for row in rows if row["kind"] == kind)

    def run_payouts(self) -> None:
        self._do("payout", "run", "--reason", "The hour has come.")
        self.pass_time(minutes=5)

    def put_in(self, *, amount_minor: int) -> None:
        self._beside(lambda opened: scripted(opened, "balance", {"currency": "EUR", "amount_minor": amount_minor}))

    def liquidity(self) -> LiquiditySeen:
        return liquidity_in(self._ask("ledger", "liquidity"))

    def balance(self, shop: str) -> BalanceSeen:
        return balance_in(self._ask("payout", "balance", person=self._owners[shop]))

    def held_for_order(self, buyer: str) -> int:
        escrows = self._ask("escrow", "list", "--order", self._orders[buyer])["items"]
        assert escrows
        return sum(escrow["held"]["amount_minor"] for escrow in escrows)

    def ledger_entries(self) -> int:
        return sum(len(journal["transfers"]) for journal in self._ask("ledger", "journals", "--limit", "100")["items"])

    def violations(self) -> list[str]:
        return [str(found) for found in self._ask("ledger", "audit")]

    def _newest_refund(self, buyer: str) -> str:
        return str(self._ask("refund", "list", "--order", self._orders[buyer])["items"][0]["refund_id"])

    def _payment(self, buyer: str) -> str:
        return str(self._ask("order", "view", self._orders[buyer], person=buyer)["payment"]["provider_reference"])

    def _dispute(self, buyer: str) -> Any:
        return self._ask("disputes", "list", "--order", self._orders[buyer])["items"][0]

    def _newest_payout(self, shop: str) -> Any:
        return self._ask("payout", "list", person=self._owners[shop])["items"][0]

    def _beside(self, work: Callable[[OpenMarketplace], Awaitable[None]]) -> None:
        """Do something at the provider, which lives in the data folder."""

        async def main() -> None:
            async with open_marketplace(Settings(data=self._data, clock="shifted")) as opened:
                await work(opened)

        asyncio.run(main())
