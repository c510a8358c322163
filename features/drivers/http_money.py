"""Money over HTTP."""

from typing import Any
from uuid import uuid4

from features.drivers.documents import balance_in, liquidity_in, refunds_in
from features.drivers.http_door import OPERATOR, HttpDoor
from features.drivers.names import until_five_past
from features.drivers.provider import dispute_decided, payout_returned, scripted
from features.drivers.seen import BalanceSeen, LiquiditySeen, RefundSeen


class HttpMoney(HttpDoor):
    """Held money, refunds, payouts and the books."""

    def agree_terms(self, *, reserve_bps: int, fee_minor: int) -> None:
        self.close()
        self._open(reserve_bps=reserve_bps)
        self._clock.advance(until_five_past(self._clock))
        self._script("settings", fee_basis_points=0, fee_fixed_minor=fee_minor)

    def ask_for_refund(self, buyer: str, shop: str, *, items_minor: int, reason: str) -> None:
        self._refund(buyer, buyer, reason, parts=[self._wish(buyer, shop, items_minor)])

    def give_back(self, shop: str, buyer: str, *, items_minor: int) -> None:
        self._refund(buyer, self._owners[shop], "Sorry.", parts=[self._wish(buyer, shop, items_minor)])

    def give_back_of_order(self, buyer: str, *, amount_minor: int) -> None:
        self._refund(buyer, OPERATOR, "Sorry.", amount_minor=amount_minor)

    def approve_refund(self, shop: str, buyer: str) -> None:
        path = f"/v1/refunds/{self._newest_refund(buyer)}/approval"
        self._send("POST", path, self._owners[shop], headers=_fresh_key())

    def reject_refund(self, shop: str, buyer: str, *, note: str) -> None:
        path = f"/v1/refunds/{self._newest_refund(buyer)}/rejection"
        self._send("POST", path, self._owners[shop], json={"note": note}, headers=_fresh_key())

    def refunds(self, buyer: str) -> list[RefundSeen]:
        return refunds_in(self._get("/v1/refunds", buyer, params={"order_id": self._orders[buyer]}))

    def open_claim(self, buyer: str, shop: str, *, text: str) -> None:
        path = f"/v1/seller-orders/{self._part(buyer, shop)}/claims"
        self._send("POST", path, buyer, json={"kind": "damaged", "text": text}, headers=_fresh_key())

    def answer_claim(self, shop: str, buyer: str, *, says: str, text: str, items_minor: int = 0) -> None:
        body = {"answer": says, "text": text, "items_minor": items_minor}
        self._in_claim(buyer, "answer", self._owners[shop], body)

    def accept_claim_offer(self, buyer: str, *, offered_minor: int) -> None:
        self._in_claim(buyer, "acceptance", buyer, {"offered_minor": offered_minor})

    def withdraw_claim(self, buyer: str) -> None:
        self._in_claim(buyer, "withdrawal", buyer, None)

    def decide_claim(self, buyer: str, *, decision: str, reason: str, items_minor: int = 0) -> None:
        body = {"decision": decision, "reason": reason, "items_minor": items_minor}
        self._in_claim(buyer, "decision", OPERATOR, body)

    def claim_is(self, buyer: str) -> str:
        return str(self._newest_claim(buyer)["state"])

    def _in_claim(self, buyer: str, deed: str, by: str, body: Any) -> None:
        path = f"/v1/claims/{self._newest_claim(buyer)['claim_id']}/{deed}"
        self._send("POST", path, by, json=body, headers=_fresh_key())

    def _newest_claim(self, buyer: str) -> Any:
        return self._get("/v1/claims", buyer, params={"order_id": self._orders[buyer]})["items"][0]

    def bank_returns_payout(self, shop: str) -> None:
        self._runner.run(payout_returned(self._behind, self._newest_payout(shop)["payout_id"]))
        self._settle()

    def payout_is(self, shop: str) -> str:
        return str(self._newest_payout(shop)["state"])

    def retry_payout(self, shop: str) -> None:
        payout = self._newest_payout(shop)["payout_id"]
        self._send("POST", f"/v1/payouts/{payout}/retry", OPERATOR, headers=_fresh_key())
        self.pass_time(minutes=5)

    def dispute(self, buyer: str, shop: str, *, amount_minor: int) -> None:
        self._script("disputes", payment=self._payment(buyer), amount_minor=amount_minor, item=self._part(buyer, shop))

    def decide_dispute(self, buyer: str, *, won: bool) -> None:
        self._runner.run(dispute_decided(self._behind, self._payment(buyer), won=won))
        self._settle()

    def answer_dispute(self, buyer: str, *, about: str, words: str) -> None:
        path, body = f"/v1/disputes/{self._dispute(buyer)['dispute_id']}/evidence", {"about": about, "words": words}
        self._send("POST", path, OPERATOR, json={"statements": [body]}, headers=_fresh_key())

    def accept_dispute(self, buyer: str) -> None:
        path = f"/v1/disputes/{self._dispute(buyer)['dispute_id']}/acceptance"
        self._send("POST", path, OPERATOR, headers=_fresh_key())

    def dispute_is(self, buyer: str) -> str:
        return str(self._dispute(buyer)["state"])

    def in_the_books(self, kind: str) -> int:
        rows = self._get("/v1/ledger/trial-balance", OPERATOR)["rows"]
        return sum(row["balance"]["amount_minor"] for row in rows if row["kind"] == kind)

    def run_payouts(self) -> None:
        self._send("POST", "/v1/payout-runs", OPERATOR, headers={"Idempotency-Key": f"run-{uuid4().hex}"})
        self.pass_time(minutes=5)

    def put_in(self, *, amount_minor: int) -> None:
        self._script("balance", currency="EUR", amount_minor=amount_minor)

    def liquidity(self) -> LiquiditySeen:
        return liquidity_in(self._send("POST", "/v1/ledger/liquidity", OPERATOR))

    def balance(self, shop: str) -> BalanceSeen:
        return balance_in(self._get(f"/v1/sellers/{self._seller(shop)}/balance", self._owners[shop]))

    def held_for_order(self, buyer: str) -> int:
        escrows = self._get("/v1/escrow", OPERATOR, params={"order_id": self._orders[buyer]})["items"]
        assert escrows
        return sum(escrow["held"]["amount_minor"] for escrow in escrows)

    def ledger_entries(self) -> int:
        return sum(
            len(journal["transfers"])
            for journal in self._get("/v1/ledger/journals", OPERATOR, params={"limit": 100})["items"]
        )

    def violations(self) -> list[str]:
        return [str(found) for found in self._get("/v1/ledger/audit", OPERATOR)["violations"]]

    def _refund(self, buyer: str, by: str, reason: str, **wanted: Any) -> None:
        body = {"reason": reason, **wanted}
        self._send("POST", f"/v1/orders/{self._orders[buyer]}/refunds", by, json=body, headers=_fresh_key())

    def _wish(self, buyer: str, shop: str, items_minor: int) -> dict[str, Any]:
        return {"seller_order_id": self._part(buyer, shop), "items_minor": items_minor}

    def _newest_refund(self, buyer: str) -> str:
        found = self._get("/v1/refunds", OPERATOR, params={"order_id": self._orders[buyer]})["items"]
        return str(found[0]["refund_id"])

    def _payment(self, buyer: str) -> str:
        return str(self._get(f"/v1/orders/{self._orders[buyer]}", buyer)["payment"]["provider_reference"])

    def _dispute(self, buyer: str) -> Any:
        return self._get("/v1/disputes", OPERATOR, params={"order_id": self._orders[buyer]})["items"][0]

    def _newest_payout(self, shop: str) -> Any:
        return self._get("/v1/payouts", self._owners[shop])["items"][0]

    def _script(self, path: str, **fields: Any) -> None:
        """Make something happen at the provider."""
        self._runner.run(scripted(self._behind, path, fields))
        self._settle()


def _fresh_key() -> dict[str, str]:
    return {"Idempotency-Key": f"key-{uuid4().hex}"}
