"""What the marketplace keeps: terms frozen when the order is placed, amounts computed from them (money design D3)."""

from datetime import timedelta

from attrs import field, frozen
from attrs.validators import and_, ge, le, optional

from marketplace_core.kernel.money import Money, portion

WHOLE_BPS = 10_000


@frozen(kw_only=True)
class Charge:
    """Commission and the tax on it, in minor units."""

    commission: int = 0
    vat: int = 0

    @property
    def amount(self) -> int:
        """Both together."""
        return self.commission + self.vat

    def __add__(self, other: "Charge") -> "Charge":
        return Charge(commission=self.commission + other.commission, vat=self.vat + other.vat)

    def __sub__(self, other: "Charge") -> "Charge":
        return Charge(commission=self.commission - other.commission, vat=self.vat - other.vat)

    def capped(self, amount: int) -> "Charge":
        """Return it, made no larger than ``amount``: the tax gives way first."""
        commission = min(self.commission, amount)
        return Charge(commission=commission, vat=min(self.vat, amount - commission))


@frozen(kw_only=True)
class Rules:
    """What else was agreed with an order: when its money is released, and how claims and disputes about it go.

    The names are those of the policy. A policy that changes later changes nothing here.
    """

    reserve_for: timedelta
    release_after_carrier: timedelta
    release_after_seller: timedelta
    claim_window: timedelta
    claim_undelivered_after: timedelta
    claim_answer_within: timedelta
    claim_decide_within: timedelta
    claim_default_refunds: bool
    protects_tracked_sellers: bool
    charges_dispute_fee: bool
    release_per_shipment: bool = False


@frozen(kw_only=True)
class CommissionTerms:
    """The agreement on one seller's part of an order, fixed at placement and never looked up again.

    Rates are basis points (10 000 = all of it). ``commission_bps`` applies to the items, not to delivery;
    ``floor_minor`` and ``cap_minor`` bound the commission in minor units; ``vat_bps`` is the tax on the commission,
    owed to ``vat_jurisdiction``; ``reserve_bps`` of the seller's net stays in reserve; ``keeps_commission`` says that
    commission taken is not given back with a later refund. ``policy_version`` names the document the terms were taken
    from, ``rules`` are what else it said; None for an order from before they were kept.
    """

    policy_version: str
    commission_bps: int = field(validator=and_(ge(0), le(WHOLE_BPS)))
    floor_minor: int = field(default=0, validator=ge(0))
    cap_minor: int | None = field(default=None, validator=optional(ge(0)))
    vat_bps: int = field(default=0, validator=and_(ge(0), le(WHOLE_BPS)))
    vat_jurisdiction: str = ""
    reserve_bps: int = field(default=0, validator=and_(ge(0), le(WHOLE_BPS)))
    keeps_commission: bool = False
    rules: Rules | None = None

    def commission_minor(self, base_minor: int) -> int:
        """Return C(base): the commission on a base in minor units, rounded half to even.

        The floor never makes the commission with its tax larger than the base. C depends on the base alone, so what
        is returned after partial refunds is C(before) − C(after), whatever the path.
        """
        if base_minor <= 0:
            return 0
        commission = max(portion(base_minor, self.commission_bps), self.floor_minor)
        if self.cap_minor is not None:
            commission = min(commission, self.cap_minor)
        while commission + portion(commission, self.vat_bps) > base_minor:
            commission = min(commission - 1, base_minor * WHOLE_BPS // (WHOLE_BPS + self.vat_bps))
        return commission

    def owed(self, base_minor: int) -> Charge:
        """Return the commission on a whole base, and its tax."""
        commission = self.commission_minor(base_minor)
        return Charge(commission=commission, vat=portion(commission, self.vat_bps))

    def divide(self, *, released: Money, charge: Charge) -> "Division":
        """Divide a released amount that ``charge`` is taken of.

        released = commission + vat + reserve + payable, to the minor unit, no part negative.
        """
        net_minor = released.amount_minor - charge.amount
        reserve_minor = portion(net_minor, self.reserve_bps)
        return Division(
            released=released,
            commission=Money(charge.commission, released.currency),
            vat=Money(charge.vat, released.currency),
            reserve=Money(reserve_minor, released.currency),
            payable=Money(net_minor - reserve_minor, released.currency),
        )


@frozen(kw_only=True)
class Division:
    """Who gets what of a released amount."""

    released: Money
    commission: Money
    vat: Money
    reserve: Money
    payable: Money
