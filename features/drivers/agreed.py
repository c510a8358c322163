"""What every door can do about the terms of trade."""

from typing import Any, Protocol


class TermsDriver(Protocol):
    """Terms of trade, taxes, and parcels that arrive by themselves."""

    def collect_tax(self, country: str, *, rate_bps: int) -> None:
        """Begin a marketplace that remits so much tax on what goes to a country."""
        ...

    def use_terms(self, **document: Any) -> None:
        """Put terms of trade to use, as an operator: what a document of them says."""
        ...

    def terms_of_order(self, buyer: str) -> int:
        """Return the number of the stored version that the buyer's remembered order was placed under."""
        ...

    def receive_parcel(self, buyer: str, shop: str, tracking: str) -> None:
        """Say as the buyer that one of a shop's parcels arrived."""
        ...
