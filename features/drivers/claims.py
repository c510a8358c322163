"""What steps about claims ask of a door."""

from typing import Protocol


class ClaimsDriver(Protocol):
    """Claims of buyers, answered by shops, decided by operators."""

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
