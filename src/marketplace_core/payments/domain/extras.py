"""What the buyer pays beyond a seller's share of an order, and less: tax and fee come on top, a subsidy comes off.

A share is what is held for the seller: goods and delivery. The tax is what the platform remits, the fee is the buyer's
for the service, the subsidy is what the platform pays of the share in the buyer's stead. None of them is ever the
seller's. All three follow the share: of what has not been refunded of it, rounded half to even, so that many refunds
come to what one would (money design D3).
"""

from typing import Final

from attrs import field, frozen
from attrs.validators import ge, instance_of

from marketplace_core.kernel.money import fraction


@frozen(kw_only=True)
class Extras:
    """Tax and fee on top of a share and the subsidy that comes off it, in minor units."""

    tax: int = field(default=0, validator=[instance_of(int), ge(0)])
    fee: int = field(default=0, validator=[instance_of(int), ge(0)])
    subsidy: int = field(default=0, validator=[instance_of(int), ge(0)])

    @property
    def net(self) -> int:
        """What they add to the share in the buyer's price; below zero if the subsidy is larger than the rest."""
        return self.tax + self.fee - self.subsidy

    def __add__(self, other: "Extras") -> "Extras":
        return Extras(tax=self.tax + other.tax, fee=self.fee + other.fee, subsidy=self.subsidy + other.subsidy)

    def __sub__(self, other: "Extras") -> "Extras":
        return Extras(tax=self.tax - other.tax, fee=self.fee - other.fee, subsidy=self.subsidy - other.subsidy)

    def of(self, left: int, share: int) -> "Extras":
        """Return what belongs to ``left`` of a ``share``, both in minor units."""
        if not share:
            return NO_EXTRAS
        return Extras(
            tax=fraction(self.tax, left, share),
            fee=fraction(self.fee, left, share),
            subsidy=fraction(self.subsidy, left, share),
        )

    def up_to(self, other: "Extras") -> "Extras":
        """Return as much of each as there is in both."""
        return Extras(
            tax=min(self.tax, other.tax), fee=min(self.fee, other.fee), subsidy=min(self.subsidy, other.subsidy)
        )


NO_EXTRAS: Final = Extras()


def given_back(agreed: Extras, kept: Extras, *, share: int, left: int, taken: int) -> Extras:
    """Return what goes back with ``taken`` of a share of which ``left`` remain, all in minor units.

    ``agreed`` belonged to the whole share, ``kept`` has not gone back yet. What the buyer gets is never below nothing.
    """
    back = kept - kept.up_to(agreed.of(left, share))
    return Extras(tax=back.tax, fee=back.fee, subsidy=min(back.subsidy, taken + back.tax + back.fee))
