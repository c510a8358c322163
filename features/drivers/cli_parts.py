"""What sellers and buyers do about a part of an order, on the command line."""

from features.drivers.cli_door import CliDoor


class CliParts(CliDoor):
    """Parts of orders: accepted, declined, sent in parcels, called off, come back."""

    def let_shops_accept_by_hand(self) -> None:
        self._sellers_accept = "by_hand"

    def accept_order(self, shop: str, buyer: str) -> None:
        self._do("order", "accept", self._part(buyer, shop), person=self._owners[shop])

    def decline_order(self, shop: str, buyer: str, *, note: str) -> None:
        self._do("order", "decline", self._part(buyer, shop), "--reason", note, person=self._owners[shop])

    def ship_some(self, shop: str, buyer: str, title: str, *, quantity: int, tracking: str) -> None:
        part, owner = self._part(buyer, shop), self._owners[shop]
        lines = self._ask("order", "view", part, person=owner)["lines"]
        (offer_id,) = [line["offer_id"] for line in lines if line["title"] == title]
        parcel = ("--carrier", "Post", "--tracking", tracking, "--line", f"{offer_id}={quantity}")
        self._do("order", "ship", part, *parcel, person=owner)

    def call_off(self, person: str, buyer: str, shop: str, *, note: str) -> None:
        who = self._owners.get(person, person)
        self._do("order", "cancel-part", self._part(buyer, shop), "--reason", note, person=who)

    def call_order_off(self, buyer: str) -> None:
        self._do("order", "cancel", self._orders[buyer], person=buyer)

    def report_return(self, shop: str, buyer: str) -> None:
        self._do("order", "return", self._part(buyer, shop), person=self._owners[shop])
