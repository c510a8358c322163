"""What became of a share: every cent of it in exactly one place (the share row of money design D5).

A share is what the buyer paid for one seller's part of an order: goods ("items", which commission applies to) and
delivery. It starts in escrow and moves on: to the seller, back to the buyer, into a card dispute, away with a lost one.
All arithmetic is in minor units of one currency; no place is ever below zero, and the places sum to the share.
"""

from typing import Final

from attrs import evolve, field, frozen
from attrs.validators import ge, instance_of

from marketplace_core.payments.domain.commission import Charge, CommissionTerms
from marketplace_core.payments.domain.errors import RefundExceedsRemaining
from marketplace_core.payments.domain.extras import NO_EXTRAS, Extras, given_back


@frozen(kw_only=True)
class Portion:
    """Some of a share, in minor units: so much for goods, so much for their delivery."""

    items: int = field(default=0, validator=[instance_of(int), ge(0)])
    delivery: int = field(default=0, validator=[instance_of(int), ge(0)])

    @property
    def amount(self) -> int:
        """Both together."""
        return self.items + self.delivery

    def __add__(self, other: "Portion") -> "Portion":
        return Portion(items=self.items + other.items, delivery=self.delivery + other.delivery)

    def __sub__(self, other: "Portion") -> "Portion":
        return Portion(items=self.items - other.items, delivery=self.delivery - other.delivery)

    def up_to(self, other: "Portion") -> "Portion":
        """Return as much of ``other`` as there is here, goods for goods and delivery for delivery."""
        return Portion(items=min(self.items, other.items), delivery=min(self.delivery, other.delivery))

    def first(self, amount: int) -> "Portion":
        """Return so much of it, goods first; at most all of it."""
        items = min(amount, self.items)
        return Portion(items=items, delivery=min(amount - items, self.delivery))


NOTHING: Final = Portion()


@frozen(kw_only=True)
class Split:
    """Where a portion was taken from: out of escrow, and from what the seller has already."""

    held: Portion = NOTHING
    released: Portion = NOTHING

    @property
    def amount(self) -> int:
        """All of it."""
        return self.held.amount + self.released.amount

    def __add__(self, other: "Split") -> "Split":
        return Split(held=self.held + other.held, released=self.released + other.released)

    def __sub__(self, other: "Split") -> "Split":
        return Split(held=self.held - other.held, released=self.released - other.released)


NOWHERE: Final = Split()
FREE: Final = Charge()


@frozen(kw_only=True)
class Standing:
    """Where every cent of a share is.

    ``held``: in escrow. ``released``: the seller's, and still refundable. ``refunded``: on its way back to the buyer or
    there, out of escrow and from the seller. ``disputed``: in open card disputes. ``lost``: gone with lost ones.
    ``charged`` is the commission that is kept of what is released now. ``kept`` is what of the tax, the fee and the
    subsidy has not gone back and is not earned, ``fee_earned`` how much of the fee is, in minor units.
    """

    held: Portion = NOTHING
    released: Portion = NOTHING
    refunded: Split = NOWHERE
    disputed: Split = NOWHERE
    lost: Split = NOWHERE
    charged: Charge = FREE
    kept: Extras = NO_EXTRAS
    fee_earned: int = 0

    @property
    def share(self) -> int:
        """All of it: what the buyer paid. Nothing that happens changes it."""
        places = (self.held, self.released)
        return sum(place.amount for place in places) + sum(
            split.amount for split in (self.refunded, self.disputed, self.lost)
        )

    @property
    def refundable(self) -> Portion:
        """What may still go back to the buyer."""
        return self.held + self.released

    def take(self, wanted: Portion) -> Split:
        """Say where a portion would be taken from, escrow first. Raises ``RefundExceedsRemaining``."""
        held = self.held.up_to(wanted)
        rest = wanted - held
        if self.released.up_to(rest) != rest:
            raise RefundExceedsRemaining(
                "That is more than can still be refunded.",
                remaining_items_minor=self.refundable.items,
                remaining_delivery_minor=self.refundable.delivery,
            )
        return Split(held=held, released=rest)

    def extras_of(self, wanted: Portion, agreed: Extras) -> Extras:
        """Say what of the extras goes back with a portion; ``agreed`` are those of the whole share."""
        left = self.share - self.refunded.amount - wanted.amount
        return given_back(agreed, self.kept, share=self.share, left=left, taken=wanted.amount)

    def refund(self, split: Split, extras: Extras = NO_EXTRAS) -> "Standing":
        """Send a portion back to the buyer, and the extras that go with it.

        More subsidy than is kept of this share may go with it: what a lost dispute has left of it elsewhere.
        """
        kept = self.kept - evolve(extras, subsidy=min(extras.subsidy, self.kept.subsidy))
        return evolve(self._without(split), refunded=self.refunded + split, kept=kept)

    def unrefund(self, split: Split, extras: Extras = NO_EXTRAS) -> "Standing":
        """Take a refund back that did not happen: each part returns to where it came from."""
        return evolve(self._with(split), refunded=self.refunded - split, kept=self.kept + extras)

    def earn_fee(self) -> "Standing":
        """Keep what is left of the buyer's fee for good."""
        return evolve(self, kept=self.kept - Extras(fee=self.kept.fee), fee_earned=self.fee_earned + self.kept.fee)

    def release(self, portion: Portion) -> "Standing":
        """Let go of a portion of what is held. The commission on it is not charged here."""
        return evolve(self, held=self.held - portion, released=self.released + portion)

    def dispute(self, amount: int) -> Split:
        """Say what a card dispute over ``amount`` takes of this share: from escrow first, at most all of it."""
        held = self.held.first(amount)
        return Split(held=held, released=self.released.first(amount - held.amount))

    def freeze(self, split: Split) -> "Standing":
        """Move a portion into an open dispute."""
        return evolve(self._without(split), disputed=self.disputed + split)

    def unfreeze(self, split: Split) -> "Standing":
        """Get a portion back from a dispute that was won."""
        return evolve(self._with(split), disputed=self.disputed - split)

    def lose(self, split: Split) -> "Standing":
        """Give up a portion with a dispute that was lost."""
        return evolve(self, disputed=self.disputed - split, lost=self.lost + split)

    def regain(self, split: Split) -> "Standing":
        """Get a portion back that was lost: the network turned its decision round."""
        return evolve(self._with(split), lost=self.lost - split)

    def due(self, terms: CommissionTerms) -> Charge:
        """Return what is to be charged now so that the commission fits what is released. Never negative."""
        owed = terms.owed(self.released.items)
        return Charge(
            commission=max(0, owed.commission - self.charged.commission), vat=max(0, owed.vat - self.charged.vat)
        )

    def excess(self, terms: CommissionTerms) -> Charge:
        """Return what was charged beyond what is released now: C(before) − C(after), whatever the path."""
        owed = terms.owed(self.released.items)
        return Charge(
            commission=max(0, self.charged.commission - owed.commission), vat=max(0, self.charged.vat - owed.vat)
        )

    def charge(self, charge: Charge) -> "Standing":
        """Keep more commission."""
        return evolve(self, charged=self.charged + charge)

    def give_back(self, charge: Charge) -> "Standing":
        """Keep less commission."""
        return evolve(self, charged=self.charged - charge)

    def _without(self, split: Split) -> "Standing":
        return evolve(self, held=self.held - split.held, released=self.released - split.released)

    def _with(self, split: Split) -> "Standing":
        return evolve(self, held=self.held + split.held, released=self.released + split.released)


UNPAID: Final = Standing()
