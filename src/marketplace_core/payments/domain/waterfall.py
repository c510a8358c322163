"""Who bears what a seller owes back after their money was released: the waterfalls of money design 4.7 and 4.8.

The platform first gives back its commission on the amount and the tax on it; then, for a refund, what it takes upon
itself; then the seller: from the reserve, from what is payable, and what is missing becomes their debt.
"""

from typing import Final

from attrs import frozen

from marketplace_core.payments.domain.commission import Charge


@frozen(kw_only=True)
class Sources:
    """Where an amount comes from, in minor units; the parts sum to it.

    ``parked`` was set aside when a card dispute opened, ``platform`` is what the platform bears beyond its commission.
    """

    commission: int = 0
    vat: int = 0
    platform: int = 0
    parked: int = 0
    reserve: int = 0
    payable: int = 0
    debt: int = 0

    @property
    def amount(self) -> int:
        """All of it."""
        return self.charge.amount + self.platform + self.seller

    @property
    def charge(self) -> Charge:
        """The commission that is given back, with its tax."""
        return Charge(commission=self.commission, vat=self.vat)

    @property
    def seller(self) -> int:
        """What the seller bears."""
        return self.parked + self.reserve + self.payable + self.debt


NO_SOURCES: Final = Sources()


def drawn(amount: int, *, charge: Charge, platform: int = 0, parked: int = 0, reserve: int, payable: int) -> Sources:
    """Draw an amount from its sources, each as far as it reaches; what none of them covers is debt.

    ``platform`` may be asked to bear more than is left after the commission; it bears what is left.
    """
    charge = charge.capped(amount)
    left = amount - charge.amount
    taken: list[int] = []
    for there_is in (platform, parked, reserve, payable):
        taken.append(min(left, there_is))
        left -= taken[-1]
    borne, set_aside, from_reserve, from_payable = taken
    return Sources(
        commission=charge.commission,
        vat=charge.vat,
        platform=borne,
        parked=set_aside,
        reserve=from_reserve,
        payable=from_payable,
        debt=left,
    )


def returned(amount: int, *, charge: Charge, platform: int = 0, debt: int) -> Sources:
    """Give an amount back that was drawn for nothing, not as a mirror of how it was drawn (J09).

    What the platform bore is the platform's again; commission is due again as far as it is due now; then the seller's
    debt is paid as far as there still is any, and the rest is payable.
    """
    platform = min(platform, amount)
    charge = charge.capped(amount - platform)
    left = amount - platform - charge.amount
    owed = min(left, debt)
    return Sources(commission=charge.commission, vat=charge.vat, platform=platform, debt=owed, payable=left - owed)
