"""What keeps a shop from being closed, and what has still to be settled while it is (money design 4.10).

Closing begins when nothing is left to be sent and nobody wants anything of the shop. It ends when the last cent is
where it belongs; only then is the shop closed.
"""

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from marketplace_core.identity.domain.errors import ShopHasOpenMatters
from marketplace_core.kernel.errors import Json
from marketplace_core.kernel.money import Money

NAMED_MAX: Final = 20
"""How many of each kind are named."""


@frozen(kw_only=True)
class ShopMatters:
    """What is open about a shop, by identifiers, at most ``NAMED_MAX`` of each kind.

    ``orders`` are unpaid, to be sent or under way, ``arrived`` are delivered and may still be claimed about. ``debts``
    is what the shop owes, ``due`` what is held for it, kept in reserve, payable or on its way to its bank; one amount
    per currency, none that is zero.
    """

    orders: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()
    refunds: tuple[str, ...] = ()
    debts: tuple[Money, ...] = ()
    arrived: tuple[str, ...] = ()
    due: tuple[Money, ...] = ()

    @property
    def hinders(self) -> bool:
        """Tell whether something keeps the shop from beginning to close."""
        return bool(self.orders or self.claims or self.disputes or self.refunds or self.debts)

    @property
    def is_settled(self) -> bool:
        """Tell whether nothing is left, so that the shop can be closed for good."""
        return not (self.hinders or self.arrived or self.due)

    def require_closable(self) -> None:
        """Pass, or raise ``ShopHasOpenMatters`` with all that is open."""
        if self.hinders:
            raise ShopHasOpenMatters(
                "Something of this shop is still open; it can be closed afterwards.", **self._facts()
            )

    def _facts(self) -> Mapping[str, Json]:
        named: dict[str, Json] = {
            "orders": [*self.orders],
            "claims": [*self.claims],
            "disputes": [*self.disputes],
            "refunds": [*self.refunds],
            "debts": [{"amount_minor": one.amount_minor, "currency": one.currency} for one in self.debts],
        }
        return {kind: found for kind, found in named.items() if found}
