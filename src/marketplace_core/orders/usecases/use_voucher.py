"""Enter a voucher for the cart."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.domain.errors import VoucherNotApplicable
from marketplace_core.orders.domain.policy import CheckoutPolicy
from marketplace_core.orders.domain.quote import Quote, quote
from marketplace_core.orders.domain.voucher import normal_code
from marketplace_core.orders.ports import Basket, OrdersWork, Quotes, TaxCalculator, taxed


@frozen(kw_only=True)
class UseVoucher(Command[Quote]):
    """Use a voucher for what is in the cart; the result is what the cart costs then.

    ``country`` is where the goods go, as far as that is known.
    """

    permission: ClassVar[Permission] = Permission.BUYER
    code: str
    country: str = ""


@frozen(kw_only=True)
class UseVoucherHandler:
    """Use a voucher for a cart.

    - It takes a percentage or an amount off the goods it is for: a shop's voucher off that shop's, the marketplace's
      off everybody's. Something is always left to be paid.
    - One at a time: another code replaces it. It counts as used when the order is placed, and not before.
    - A code that takes nothing off this cart is refused, always in the same words: unknown, over, not valid yet,
      another shop's, another currency, below its minimum. One that was used as often as it may be says so.
    """

    begin: Begin[OrdersWork]
    clock: Clock
    basket: Basket
    quotes: Quotes
    taxes: TaxCalculator
    policy: CheckoutPolicy

    async def __call__(self, command: UseVoucher, by: Actor) -> Quote:
        """Quote with it, then note it. Raises what quoting raises."""
        buyer_id = by.own_user
        async with self.begin() as work:
            basket = await self.basket.open(buyer_id)
            offers = await self.quotes.offers([line.offer_id for line in basket.lines])
            delivery = await work.deliveries.of({offer.seller_id for offer in offers.values()})
            voucher = await work.vouchers.find(normal_code(command.code))
            if voucher is None:
                raise VoucherNotApplicable
            quoted = quote(
                basket,
                offers,
                self.policy,
                self.clock.now(),
                delivery=delivery,
                voucher=voucher,
                tax_of=taxed(self.taxes, command.country),
            )
            voucher.check_buyer(await work.vouchers.uses(voucher.voucher_id, buyer_id))
            await self.basket.use_voucher(buyer_id, voucher.code)
        return quoted
