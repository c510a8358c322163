"""Make a voucher."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory, SellerId, VoucherId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.domain.ownership import require_voucher_owner
from marketplace_core.orders.domain.voucher import Limits, Value, Voucher
from marketplace_core.orders.ports import OrdersWork


@frozen(kw_only=True)
class MakeVoucher(Command[VoucherId]):
    """Make a voucher of a shop, or, without ``seller_id``, of the marketplace.

    ``percent_bps`` (basis points) or ``amount_minor`` of ``currency`` comes off the goods, from ``minimum_minor`` of
    them on. ``uses_max`` and ``uses_per_buyer_max`` limit how often. It is valid from ``valid_from``, or now, until
    ``valid_until``.
    """

    permission: ClassVar[Permission] = Permission.SELLER
    code: str
    seller_id: SellerId | None
    currency: str
    percent_bps: int | None = None
    amount_minor: int | None = None
    minimum_minor: int = 0
    uses_max: int | None = None
    uses_per_buyer_max: int | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None


@frozen(kw_only=True)
class MakeVoucherHandler:
    """Make a voucher.

    - A shop's voucher is off that shop's goods and at its expense: the shop gets less. Only the shop, or an operator,
      makes one.
    - The marketplace's is off everybody's goods and at its own expense: the shops get what they would get without it.
      Only operators make one.
    - A code exists once, in capitals, digits and hyphens.
    """

    begin: Begin[OrdersWork]
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: MakeVoucher, by: Actor) -> VoucherId:
        """Make it. Raises ``InvalidVoucher``, ``VoucherCodeTaken``, ``NotAllowed``, ``NotFound``."""
        require_voucher_owner(command.seller_id, by)
        now = self.clock.now()
        voucher = Voucher.make(
            voucher_id=VoucherId(self.ids.new("vch")),
            code=command.code,
            seller_id=command.seller_id,
            value=Value(
                currency=command.currency,
                percent_bps=command.percent_bps,
                amount_minor=command.amount_minor,
                minimum_minor=command.minimum_minor,
            ),
            limits=Limits(
                uses_max=command.uses_max,
                uses_per_buyer_max=command.uses_per_buyer_max,
                valid_from=command.valid_from or now,
                valid_until=command.valid_until,
            ),
            now=now,
        )
        async with self.begin() as work:
            await work.vouchers.save(voucher)
        return voucher.voucher_id
