"""What moves an order, a part of it or its money: called off, declined, sent back, received, decided about."""

from collections.abc import Callable
from typing import Annotated, Final

import typer

from marketplace_core.kernel.ids import OrderId, SellerOrderId
from marketplace_core.orders import (
    AcceptPayment,
    AcceptSellerOrder,
    CancelOrder,
    CancelSellerOrder,
    ConfirmReceipt,
    DeclineSellerOrder,
    Delivered,
    MarkDelivered,
    RejectPayment,
    ReportReturn,
)
from marketplace_entrypoints.cli.acting import DryRun, Reason, act, itself
from marketplace_entrypoints.cli.run import AsOption, JsonOption, console, show_json

SellerOrderArgument = Annotated[str, typer.Argument(help="The seller order (sor_…).")]
Tracking = Annotated[
    str | None, typer.Option(help="One parcel of several, by its number; with the last one all has arrived.")
]
_Why = Annotated[str, typer.Option("--reason", help="Why; the other side reads it.")]
_Moves = AcceptSellerOrder | DeclineSellerOrder | CancelSellerOrder | ReportReturn
AsJson = Annotated[bool, JsonOption]
AsUser = Annotated[str | None, AsOption]


def deliver(
    seller_order_id: SellerOrderArgument,
    tracking: Tracking = None,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Say as the seller that the parcel arrived. The held money waits 14 days for the buyer to object."""
    command = MarkDelivered(seller_order_id=SellerOrderId(seller_order_id), tracking=tracking)
    delivered = act(command, itself, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)
    _show_delivered(delivered, as_json=as_json)


def receive(
    seller_order_id: SellerOrderArgument,
    tracking: Tracking = None,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Say as the buyer that the parcel arrived. The held money goes to the seller at once."""
    command = ConfirmReceipt(seller_order_id=SellerOrderId(seller_order_id), tracking=tracking)
    received = act(command, itself, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)
    _show_delivered(received, as_json=as_json)


def accept(
    seller_order_id: SellerOrderArgument,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Promise as the seller to send it; 14 days remain for that."""
    command = AcceptSellerOrder(seller_order_id=SellerOrderId(seller_order_id))
    _move(command, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


def decline(
    seller_order_id: SellerOrderArgument,
    reason: _Why,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Say as the seller that you will not send it. All of the buyer's payment goes back."""
    command = DeclineSellerOrder(seller_order_id=SellerOrderId(seller_order_id), note=reason)
    _move(command, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


def cancel_part(
    seller_order_id: SellerOrderArgument,
    reason: _Why,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Call off what of a seller order is not sent yet, as its buyer, its seller or an operator.

    What the buyer paid for it goes back at once.
    """
    command = CancelSellerOrder(seller_order_id=SellerOrderId(seller_order_id), note=reason)
    _move(command, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


def report_return(
    seller_order_id: SellerOrderArgument,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Say as the seller that it could not be delivered and comes back. Its payment is held until that is settled."""
    command = ReportReturn(seller_order_id=SellerOrderId(seller_order_id))
    _move(command, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


def cancel(
    order_id: Annotated[str, typer.Argument(help="The order (ord_…).")],
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Call off an order that is not paid yet, or of which nothing is sent yet; all that was paid goes back.

    Of an unpaid one the payment provider is asked first, and its answer wins.
    """
    command = CancelOrder(order_id=OrderId(order_id), note=reason or "")
    cancelled = act(command, itself, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(cancelled)
    else:
        console.print(f"{cancelled.order_id} is {cancelled.state}.")


def accept_payment(
    order_id: Annotated[str, typer.Argument(help="The order (ord_…).")],
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Keep a payment in review and let the order go on, as far as its goods are there."""
    command = AcceptPayment(order_id=OrderId(order_id))
    state = act(command, itself, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)
    if as_json:
        show_json({"order_id": order_id, "state": state})
    else:
        console.print(f"{order_id} is {state.value}.")


def reject_payment(
    order_id: Annotated[str, typer.Argument(help="The order (ord_…).")],
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Send a payment in review back in full and call the order off."""
    command = RejectPayment(order_id=OrderId(order_id))
    state = act(command, itself, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)
    if as_json:
        show_json({"order_id": order_id, "state": state})
    else:
        console.print(f"{order_id} is {state.value}; what came for it goes back to its buyer.")


MOVES: Final[dict[str, Callable[..., None]]] = {
    "deliver": deliver,
    "receive": receive,
    "accept": accept,
    "decline": decline,
    "cancel-part": cancel_part,
    "return": report_return,
    "cancel": cancel,
    "accept-payment": accept_payment,
    "reject-payment": reject_payment,
}


def _move(command: _Moves, *, reason: str | None, dry_run: bool, as_json: bool, as_user: str | None) -> None:
    """Carry out what moves a seller order, and say where it stands."""
    state = act(command, itself, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)
    if as_json:
        show_json({"seller_order_id": command.seller_order_id, "state": state})
    else:
        console.print(f"{command.seller_order_id} is {state.value}.", soft_wrap=True)


def _show_delivered(delivered: Delivered, *, as_json: bool) -> None:
    if as_json:
        show_json(delivered)
    else:
        console.print(f"{delivered.seller_order_id} arrived, on the {delivered.proof}'s word.")
