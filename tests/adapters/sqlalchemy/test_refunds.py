"""What the tables of refunds, shares, entries and payouts refuse, whatever the code does; and events that survive."""

import json
from datetime import datetime
from typing import Any, get_args, get_origin, get_type_hints

import attrs
import pytest
from sqlalchemy.exc import IntegrityError

from marketplace_adapters.sqlalchemy.codec import decode, encode, event_type
from marketplace_adapters.sqlalchemy.engine import Database, SqliteDatabase, counted
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.messages import Event
from marketplace_core.kernel.money import Money
from marketplace_core.payments import EscrowReleased, InsufficientFunds, Split, escrow_released
from marketplace_core.testing.payments import (
    BOB,
    EUR,
    NOW,
    PaymentsGround,
    a_held_hold,
    a_payment,
    a_payout,
    a_refund,
    a_released_hold,
    an_account,
    book_releases,
)
from tests.adapters.sqlalchemy.conftest import Outsider
from tests.adapters.sqlalchemy.test_payments import the_ground


@pytest.fixture
async def ground(database: Database) -> PaymentsGround:
    """Return a shop: Ada's part released and paid with two live payouts, 15.00 of it owed back; Bob's part held."""
    return await filled(the_ground(database))


async def filled(ground: PaymentsGround) -> PaymentsGround:
    """Open that shop."""
    released, held, refund = a_released_hold(), a_held_hold("sor_bob", BOB), a_refund()
    refund.approve(tuple(attrs.evolve(part, split=Split(held=part.wanted)) for part in refund.parts), Who.SELLER, NOW)
    async with ground.begin() as work:
        await work.payments.save(a_payment())
        await work.seller_accounts.save(an_account())
        for hold in (released, held, a_released_hold("sor_two")):
            await work.holds.save(hold)
            await book_releases(work, hold)
        await work.refunds.save(refund)
        await work.payouts.save(a_payout("pyt_1"))
        await work.payouts.save(a_payout("pyt_2", release="sor_two:1"))
    return ground


_HOLDS, _REFUNDS = "UPDATE payments_holds SET ", "UPDATE payments_refunds SET "
_PARTS, _PAYOUTS = "UPDATE payments_refund_parts SET ", "UPDATE payments_payouts SET "
_ENTRIES = "UPDATE payments_entries SET "
_ADA, _BOB = " WHERE seller_order_id = 'sor_ada'", " WHERE seller_order_id = 'sor_bob'"
FORBIDDEN = {
    "let a cent of a share vanish": _HOLDS + "held_items_minor = held_items_minor - 1" + _BOB,
    "let a cent of a share appear": _HOLDS + "lost_held_delivery_minor = 1" + _BOB,
    "turn goods into delivery": _HOLDS
    + "held_items_minor = held_items_minor - 1, held_delivery_minor = held_delivery_minor + 1"
    + _BOB,
    "hold less than nothing": _HOLDS + "held_items_minor = -1, refunded_held_items_minor = items_minor + 1" + _BOB,
    "give what is held to the seller without a release": _HOLDS
    + "released_items_minor = held_items_minor, held_items_minor = 0"
    + _BOB,
    "take a release back into escrow": _HOLDS
    + "state = 'held', held_items_minor = released_items_minor, released_items_minor = 0"
    + _ADA,
    "call a hold refunded that gave nothing back": _HOLDS + "state = 'refunded'" + _ADA,
    "call a hold released while it holds": _HOLDS + "state = 'released'" + _BOB,
    "call a paid share never paid": _HOLDS + "state = 'void'" + _BOB,
    "charge more commission than was released": _HOLDS + "charged_commission_minor = released_minor + 1" + _ADA,
    "refund less than nothing": _REFUNDS + "amount_minor = -1",
    "send nothing to a buyer": _REFUNDS
    + "amount_minor = 0, state = 'submitted', approved_at = '2026-01-01', tried_at = '2026-01-01'",
    "owe a buyer nothing": _REFUNDS + "amount_minor = 0, state = 'approved', approved_at = '2026-01-01'",
    "leave a refund in no known state": _REFUNDS + "state = 'gone'",
    "have it asked for by nobody": _REFUNDS + "requested_by = 'nobody'",
    "send a refund that nobody owed": _REFUNDS + "state = 'submitted', approved_at = NULL, tried_at = '2026-01-01'",
    "send a refund without a note of it": _REFUNDS + "state = 'submitted'",
    "have a refund arrive that the provider does not know": _REFUNDS
    + "state = 'succeeded', tried_at = '2026-01-01', ended_at = '2026-01-01'",
    "know a refund there that was never tried": _REFUNDS + "reference = 're_1'",
    "fail for no reason": _REFUNDS + "state = 'failed', tried_at = '2026-01-01', ended_at = '2026-01-01'",
    "reject without a word": _REFUNDS + "state = 'rejected', approved_at = NULL, ended_at = '2026-01-01'",
    "end a refund at no time": _REFUNDS + "state = 'cancelled'",
    "want nothing back": _PARTS + "wanted_items_minor = 0, held_items_minor = 0",
    "take less than is wanted": _PARTS + "held_items_minor = held_items_minor - 1",
    "take goods for delivery": _PARTS + "held_items_minor = held_items_minor - 1, held_delivery_minor = 1",
    "let somebody bear what came out of escrow": _PARTS + "from_payable_minor = 1",
    "let nobody bear what the seller had": _PARTS + "released_items_minor = held_items_minor, held_items_minor = 0",
    "let the platform bear more than is wanted": _PARTS + "platform_minor = 1501",
    "take less than nothing of somebody": _PARTS + "from_debt_minor = -1, from_payable_minor = 1",
    "give back a part of no order": _PARTS + "seller_order_id = 'sor_none'",
    "change what became payable": _ENTRIES + "amount_minor = amount_minor + 1",
    "give it to another seller": _ENTRIES + "seller_id = 'sel_bob'",
    "forget it": "DELETE FROM payments_entries",
    "make nothing payable": "INSERT INTO payments_entries (entry_id, seller_id, currency, amount_minor, kind,"
    " booked_at) VALUES ('x', 'sel_ada', 'EUR', 0, 'escrow_released', '2026-01-01')",
    "make a claim payable": "INSERT INTO payments_entries (entry_id, seller_id, currency, amount_minor, kind,"
    " booked_at) VALUES ('x', 'sel_ada', 'EUR', 9, 'payout_cancelled', '2026-01-01')",
    "make something payable for no known reason": "INSERT INTO payments_entries (entry_id, seller_id, currency,"
    " amount_minor, kind, booked_at) VALUES ('x', 'sel_ada', 'EUR', 9, 'gift', '2026-01-01')",
    "claim what another payout has": _ENTRIES + "claimed_by = 'pyt_2' WHERE entry_id = 'sor_ada:1'",
    "claim for no payout": "INSERT INTO payments_entries (entry_id, seller_id, currency, amount_minor, kind,"
    " booked_at, claimed_by) VALUES ('x', 'sel_ada', 'EUR', 9, 'escrow_released', '2026-01-01', 'pyt_none')",
    "pay an entry that is none": "INSERT INTO payments_payout_items VALUES ('pyt_1', 'none', 2, 5)",
    "pay an item of nothing": "UPDATE payments_payout_items SET amount_minor = 0",
    "cancel what was transferred": _PAYOUTS + "state = 'cancelled', transfer_reference = 'tr'",
    "take back what was never transferred": _PAYOUTS
    + "state = 'cancelled', reversal_reference = 'trr' WHERE payout_id = 'pyt_1'",
    "go on with what was taken back": _PAYOUTS
    + "transfer_reference = 'tr', reversal_reference = 'trr' WHERE payout_id = 'pyt_1'",
    "have a payout come back that the bank never had": _PAYOUTS + "state = 'returned' WHERE payout_id = 'pyt_1'",
}


@pytest.mark.parametrize("statement", FORBIDDEN.values(), ids=FORBIDDEN)
async def test_the_database_itself_refuses_to(statement: str, ground: PaymentsGround, outsider: Outsider) -> None:
    assert ground is not None

    with pytest.raises(IntegrityError):
        await outsider.write(statement)


async def test_nothing_payable_in_a_file_is_replaced(file: SqliteDatabase) -> None:
    await filled(the_ground(file))

    with pytest.raises(IntegrityError):
        await Outsider(file, None).write(
            "INSERT OR REPLACE INTO payments_entries (entry_id, seller_id, currency, amount_minor, kind, booked_at)"
            " VALUES ('sor_ada:1', 'sel_ada', 'EUR', 9, 'escrow_released', '2026-01-01')"
        )


async def test_the_same_provider_has_no_two_refunds_of_one_name(ground: PaymentsGround, outsider: Outsider) -> None:
    second = a_refund("rfd_2")
    async with ground.begin() as work:
        await work.refunds.save(second)
    named = (
        "UPDATE payments_refunds SET approved_at = '2026-01-01', state = 'failed', tried_at = '2026-01-01',"
        " ended_at = '2026-01-01', failure_code = 'declined', reference = 're_1'"
    )

    with pytest.raises(IntegrityError):
        await outsider.write(named)


async def test_a_refused_journal_leaves_no_entry(ground: PaymentsGround) -> None:
    hold = a_released_hold("sor_bob", BOB)

    with pytest.raises(InsufficientFunds):
        async with ground.begin() as work:
            await work.ledger.post(escrow_released(hold, hold.releases[0]), NOW)

    async with ground.begin() as work:
        assert list(await work.payouts.unclaimed(BOB, EUR, limit=10)) == []


async def test_a_payout_of_what_never_was_payable_is_refused(ground: PaymentsGround) -> None:
    with pytest.raises(ConcurrentUpdate):
        async with ground.begin() as work:
            await work.payouts.save(a_payout("pyt_3", release="sor_none:1"))


async def test_refunds_are_read_in_one_statement_and_saved_in_a_few(ground: PaymentsGround) -> None:
    refund = a_refund("rfd_2")
    with counted() as saving:
        async with ground.begin() as work:
            await work.refunds.save(refund)
    with counted() as reading:
        async with ground.begin() as work:
            found = await work.refunds.of_payment(refund.payment_id)

    assert len(found) == 2
    assert saving.statements <= 5
    assert reading.statements <= 3


def test_every_event_of_payments_survives_the_outbox() -> None:
    kinds = [kind for kind in Event.__subclasses__() if kind.__module__ == EscrowReleased.__module__]

    assert {"RefundApproved", "RefundBounced", "PayoutReturned", "PayoutStuck", "DisputeOpened", "EvidenceDue"} <= {
        kind.__name__ for kind in kinds
    }
    for kind in kinds:
        event = made_up(kind)
        stored = json.loads(json.dumps(encode(event)))
        assert decode(stored, event_type(kind.__name__)) == event


def made_up(kind: Any) -> Any:
    """Return an event, or another value, with something in every field."""
    return kind(**{name: something(hint) for name, hint in get_type_hints(kind).items()})


def something(hint: Any) -> Any:
    """Return a value of a type that is no default of anything."""
    known = {Money: Money(1_500, EUR), datetime: NOW, datetime | None: NOW, int: 2, bool: True}
    if hint in known:
        return known[hint]
    if get_origin(hint) is tuple:
        return (something(get_args(hint)[0]),) * 2
    if attrs.has(hint):
        return made_up(hint)
    assert getattr(hint, "__supertype__", hint) is str, hint
    return "some words"
