"""What a shop charges for its parcels."""

from typing import Final

from attrs import frozen

from marketplace_core.kernel.money import Money
from marketplace_core.orders.domain.errors import InvalidDeliveryTerms

FEE_MINOR_MAX: Final = 100_000_000


@frozen(kw_only=True)
class DeliveryTerms:
    """One parcel costs ``fee_minor``, nothing from ``free_from_minor`` of the shop's goods on (minor units).

    Without ``free_from_minor`` delivery is never free. Raises ``InvalidDeliveryTerms``.
    """

    fee_minor: int
    free_from_minor: int | None = None

    def __attrs_post_init__(self) -> None:
        for name, value in (("fee_minor", self.fee_minor), ("free_from_minor", self.free_from_minor or 0)):
            if not 0 <= value <= FEE_MINOR_MAX:
                raise InvalidDeliveryTerms(f"An amount is between 0 and {FEE_MINOR_MAX} minor units.", field=name)

    def delivery_of(self, items: Money) -> Money:
        """Return what the parcel with these goods costs to deliver."""
        free = self.free_from_minor is not None and items.amount_minor >= self.free_from_minor
        return Money(0 if free else self.fee_minor, items.currency)
