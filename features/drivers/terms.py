"""The terms of trade through each door: put to use, and what an order was placed under."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

from features.drivers.cli_door import CliDoor
from features.drivers.core_door import OPERATOR, CoreDoor
from features.drivers.http_door import OPERATOR as STAFF
from features.drivers.http_door import HttpDoor
from marketplace_core.inmemory import open_marketplace
from marketplace_core.operations import UsePolicy
from marketplace_core.orders import ConfirmReceipt, FlatRate, FlatTaxes
from marketplace_core.testing.clock import CountingIds


class CoreTerms(CoreDoor):
    """In the core."""

    def collect_tax(self, country: str, *, rate_bps: int) -> None:
        taxes = FlatTaxes({country: FlatRate(rate_bps=rate_bps)})
        self._opened = open_marketplace(clock=self._clock, ids=CountingIds(), taxes=taxes)

    def use_terms(self, **document: Any) -> None:
        self._do(UsePolicy(document=tuple(document.items()), reason="Agreed."), OPERATOR)

    def terms_of_order(self, buyer: str) -> int:
        return self._order(buyer).policy_number

    def receive_parcel(self, buyer: str, shop: str, tracking: str) -> None:
        part = self._part(buyer, shop).seller_order_id
        self._do(ConfirmReceipt(seller_order_id=part, tracking=tracking), self._person(buyer))


class CliTerms(CliDoor):
    """On the command line."""

    def collect_tax(self, country: str, *, rate_bps: int) -> None:
        self._taxes = json.dumps({country: {"rate_bps": rate_bps}})

    def use_terms(self, **document: Any) -> None:
        file = Path(self._folder) / "terms.json"
        file.write_text(json.dumps(document), encoding="utf-8")
        self._do("policy", "use", str(file), "--reason", "Agreed.")

    def terms_of_order(self, buyer: str) -> int:
        return int(self._ask("order", "view", self._orders[buyer], person=buyer)["policy_number"])

    def receive_parcel(self, buyer: str, shop: str, tracking: str) -> None:
        self._do("order", "receive", self._part(buyer, shop), "--tracking", tracking, person=buyer)


class HttpTerms(HttpDoor):
    """Over HTTP."""

    def collect_tax(self, country: str, *, rate_bps: int) -> None:
        self.close()
        self._open(taxes={country: {"rate_bps": rate_bps}})

    def use_terms(self, **document: Any) -> None:
        body, key = {"document": document, "reason": "Agreed."}, {"Idempotency-Key": f"key-{uuid4().hex}"}
        self._send("POST", "/v1/policies", STAFF, json=body, headers=key)

    def terms_of_order(self, buyer: str) -> int:
        return int(self._get(f"/v1/orders/{self._orders[buyer]}", buyer)["policy_number"])

    def receive_parcel(self, buyer: str, shop: str, tracking: str) -> None:
        path = f"/v1/seller-orders/{self._part(buyer, shop)}/receipt"
        self._send("POST", path, buyer, params={"tracking": tracking})
