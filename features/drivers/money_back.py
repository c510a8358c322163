"""What steps about money that goes back ask of a door: refunds and claims."""

from typing import Protocol


class MoneyBackDriver(Protocol):
    """Refunds that are asked for, given and decided; claims of buyers, answered by shops, decided by operators."""

    def ask_for_refund(self, buyer: str, shop: str, *, items_minor: int, reason: str) -> None:
        """Ask as the buyer for money back of a shop's goods."""
        ...

    def give_back(self, shop: str, buyer: str, *, items_minor: int) -> None:
        """Give a buyer money back of the shop's goods, as the shop."""
        ...

    def give_back_of_order(self, buyer: str, *, amount_minor: int) -> None:
        """Give a buyer an amount of the whole order back, as an operator."""
        ...

    def approve_refund(self, shop: str, buyer: str) -> None:
        """Agree as the shop to what the buyer asked for last."""
        ...

    def reject_refund(self, shop: str, buyer: str, *, note: str) -> None:
        """Refuse as the shop what the buyer asked for last."""
        ...

    def open_claim(self, buyer: str, shop: str, *, text: str) -> None:
        """Say, as the buyer, that all of the shop's part of the remembered order is damaged."""
        ...

    def answer_claim(self, shop: str, buyer: str, *, says: str, text: str, items_minor: int = 0) -> None:
        """Agree to, contest, or offer so much in the newest claim of the buyer, as the shop."""
        ...

    def accept_claim_offer(self, buyer: str, *, offered_minor: int) -> None:
        """Take what the shop offers in the buyer's newest claim."""
        ...

    def withdraw_claim(self, buyer: str) -> None:
        """Take the buyer's newest claim back."""
        ...

    def decide_claim(self, buyer: str, *, decision: str, reason: str, items_minor: int = 0) -> None:
        """Decide the buyer's newest claim, as an operator."""
        ...

    def claim_is(self, buyer: str) -> str:
        """Return where the buyer's newest claim stands, as the buyer sees it."""
        ...
