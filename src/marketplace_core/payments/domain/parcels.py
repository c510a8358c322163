"""What has arrived of a share that is released parcel by parcel, and what of it is still on its way.

A parcel has the worth of the goods in it. The delivery is paid for with the last one, and so are the cents that
rounding leaves: what has all arrived is released whole.
"""

from datetime import datetime
from typing import Final

from attrs import evolve, field, frozen
from attrs.validators import ge

from marketplace_core.payments.domain.policy import Proof


@frozen(kw_only=True)
class ParcelArrived:
    """A parcel that arrived on somebody's word: the ``number``-th of its share, ``items`` minor units of goods."""

    number: int
    items: int = field(validator=ge(0))
    proof: Proof
    delivered_at: datetime
    release_at: datetime


@frozen(kw_only=True)
class Parcels:
    """The parcels that arrived; ``expected`` is the worth in minor units of the goods that are still to arrive."""

    arrived: tuple[ParcelArrived, ...] = ()
    expected: int = field(default=0, validator=ge(0))

    def with_arrival(self, parcel: ParcelArrived, *, expected: int) -> "Parcels":
        """Take note of a parcel; said again, a better proof only shortens the waiting."""
        others = tuple(one for one in self.arrived if one.number != parcel.number)
        known = next((one for one in self.arrived if one.number == parcel.number), None)
        kept = parcel if known is None or parcel.release_at < known.release_at else known
        arrived = tuple(sorted((*others, kept), key=lambda one: one.number))
        return Parcels(arrived=arrived, expected=expected)

    def without(self, items: int) -> "Parcels":
        """Expect so much less: those goods will not be sent."""
        return evolve(self, expected=max(0, self.expected - items))

    def kept(self, now: datetime, *, early: bool = False) -> int:
        """Return the worth of what may not be released now: of what is on its way, and of what waits for its time.

        ``early`` waives the waiting.
        """
        return self.expected + sum(one.items for one in self.arrived if not early and now < one.release_at)

    @property
    def last_at(self) -> datetime | None:
        """When the last of them arrived."""
        return max((one.delivered_at for one in self.arrived), default=None)

    def next_at(self, now: datetime) -> datetime | None:
        """Return when the time of the next parcel comes, if one waits for it."""
        return min((one.release_at for one in self.arrived if now < one.release_at), default=None)


NO_PARCELS: Final = Parcels()
