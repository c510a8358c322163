"""Keep the code of a voucher with a cart."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.cart.domain.errors import CartNotFound
from marketplace_core.cart.ports import CartsWork
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import UserId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class NoteVoucher(Command[None]):
    """Note a code in a buyer's open cart, or with None forget it; joins the transaction that has checked it."""

    permission: ClassVar[Permission] = Permission.SYSTEM
    buyer_id: UserId
    code: str | None


@frozen(kw_only=True)
class NoteVoucherHandler:
    """Keep a voucher's code with the cart.

    - One code at a time; another one replaces it.
    - What it is worth, and whether anything, is found out whenever the cart is quoted.
    - Without an open cart there is nothing to forget, and nowhere to keep one.
    """

    begin: Begin[CartsWork]

    async def __call__(self, command: NoteVoucher, by: Actor) -> None:
        """Keep it. Raises ``CartNotFound``."""
        async with self.begin() as work:
            cart = await work.carts.open_of(command.buyer_id)
            if cart is None:
                if command.code is None:
                    return
                raise CartNotFound("There is no cart to use a voucher for.")
            if cart.voucher_code != command.code:
                cart.note_voucher(command.code)
                await work.carts.save(cart)
