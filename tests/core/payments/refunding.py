"""Whom and what tests of refunds talk about, and short ways to ask."""

from attrs import evolve

from marketplace_core.inmemory.payment_provider import Terms
from marketplace_core.kernel.access import SYSTEM, Actor, Role
from marketplace_core.kernel.ids import OrderId, PaymentId, RefundId, SellerOrderId, UserId
from marketplace_core.payments import (
    GiveBack,
    HoldState,
    JournalKind,
    ListJournals,
    PaymentPolicy,
    ReconcileRefund,
    Refund,
    RefundState,
    RefundWish,
    RequestedRefund,
    RequestRefund,
    ViewEscrow,
)
from marketplace_core.payments.domain import accounts
from marketplace_core.testing.payments import ADA, BOB, EUR, a_share
from tests.core.payments.till import OPERATOR, ORDER, Till

SOR_ADA, SOR_BOB = SellerOrderId("sor_ada"), SellerOrderId("sor_bob")
SELLER_ADA = Actor(principal="usr_ada", roles=frozenset({Role.SELLER}), user_id=UserId("usr_ada"), seller_id=ADA)
SELLER_BOB = Actor(principal="usr_bob", roles=frozenset({Role.SELLER}), user_id=UserId("usr_bob"), seller_id=BOB)
SECOND = Actor(principal="usr_op2", roles=frozenset({Role.OPERATOR}), user_id=UserId("usr_op2"))
PSP = accounts.psp("inmemory", EUR)
ESCROW_ADA, ESCROW_BOB = accounts.escrow(SOR_ADA, EUR), accounts.escrow(SOR_BOB, EUR)
PAYABLE_ADA, DEBT_ADA = accounts.seller_payable(ADA, EUR), accounts.seller_receivable(ADA, EUR)
RESERVE_ADA = accounts.seller_reserve(ADA, EUR)
COMMISSION, VAT = accounts.commission_revenue(EUR), accounts.tax_payable("FR", EUR)
THE_EXAMPLE = PaymentPolicy(reserve_bps=500)
FEE_OF_THE_EXAMPLE = Terms(fee_bps=0, fee_fixed_minor=320)


async def give_back(
    till: Till,
    *wishes: RefundWish,
    by: Actor = OPERATOR,
    amount_minor: int | None = None,
    order_id: OrderId = ORDER,
) -> RequestedRefund:
    """Ask for a refund."""
    command = RequestRefund(order_id=order_id, reason="Chipped.", wishes=wishes, amount_minor=amount_minor)
    return await till.market.execute(command, by=by)


def of_ada(items_minor: int, delivery_minor: int = 0, platform_minor: int = 0) -> RefundWish:
    """Wish for some of Ada's part."""
    return RefundWish(
        seller_order_id=SOR_ADA,
        items_minor=items_minor,
        delivery_minor=delivery_minor,
        platform_minor=platform_minor,
    )


async def state_of(till: Till, refund_id: RefundId) -> RefundState:
    """Look how a refund stands, asking the provider."""
    return await till.market.execute(ReconcileRefund(refund_id=refund_id), by=OPERATOR)


async def hold_of(till: Till, seller_order_id: SellerOrderId = SOR_ADA) -> HoldState:
    """Look how a hold stands."""
    return (await till.market.ask(ViewEscrow(seller_order_id=seller_order_id), by=OPERATOR)).state


async def journals_of(till: Till, source_id: str) -> list[JournalKind]:
    """List what was booked for something, oldest first."""
    found = await till.market.ask(ListJournals(source_id=source_id), by=OPERATOR)
    return [journal.kind for journal in reversed(found.items)]


def refunds(till: Till) -> list[Refund]:
    """Return all refunds, oldest first."""
    return sorted(till.store.table("payments_refunds").find(), key=lambda one: one.refund_id)


def states(till: Till) -> list[RefundState]:
    """Return how all of them stand, oldest first."""
    return [one.state for one in refunds(till)]


async def fails(till: Till, code: str = "declined") -> RefundId:
    """Have the newest refund fail at the provider; return the name of what is due in its place."""
    await till.settle()
    till.provider.fail_refund(refunds(till)[-1].refund_id, code)
    await till.settle()
    return refunds(till)[-1].refund_id


async def goes_through(till: Till) -> None:
    """Have the provider send what it holds back."""
    till.provider.terms = evolve(till.provider.terms, holds_refunds=False)
    await till.settle()


async def late(till: Till) -> PaymentId:
    """Have the money of a payment come too late; it waits in suspense."""
    await till.paid((a_share("sor_other", BOB, 10_000),), OrderId("ord_2"))
    payment_id = await till.open()
    secret = await till.request(payment_id)
    await till.cancel(payment_id)
    late = next(one for one in till.provider.all_payments.values() if one.client_secret == secret)
    till.provider.succeed(evolve(late, attempts=1))
    await till.settle()
    return payment_id


async def misfit(till: Till) -> PaymentId:
    """Have the money of a payment come too late, and all of it given back."""
    payment_id = await late(till)
    await till.market.execute(GiveBack(payment_id=payment_id), by=SYSTEM)
    return payment_id
