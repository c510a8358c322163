"""Terms of trade are put to use version by version; what was agreed with an order stays agreed."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from features.drivers.core import CoreDriver
from features.drivers.core_door import OPERATOR
from features.drivers.driver import Refused
from marketplace_core.bridges.policies import LOOKS_AGAIN_AFTER, StoredTerms, TermsOfTrade
from marketplace_core.inmemory.operations import InMemoryOperationsReader, InMemoryOperationsWork
from marketplace_core.inmemory.store import Store
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.operations import (
    ComparePolicies,
    ListActs,
    ListPolicies,
    PolicyVersion,
    ReturnToPolicy,
    UsePolicy,
    ViewPolicy,
)
from marketplace_core.orders import ViewOrder
from marketplace_core.payments import PaymentPolicy, ViewEscrow, ViewTerms
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.policies import a_version

ANNA, SHOP, CUP = "Anna", "Clay and Co", "Cup"
GOOD_CARD = "4242424242424242"


class Ground(CoreDriver):
    """A shop, a buyer, and an operator who changes the terms."""

    def use(self, **document: Any) -> PolicyVersion:
        """Put terms to use."""
        return self._do(UsePolicy(document=tuple(document.items()), reason="Agreed."), OPERATOR)

    def back_to(self, number: int) -> PolicyVersion:
        """Return to a version."""
        return self._do(ReturnToPolicy(number=number, reason="It was better."), OPERATOR)

    def numbers(self) -> list[int]:
        """List the stored versions."""
        return [one.number for one in self._ask(ListPolicies(), OPERATOR).items]

    def order_one(self) -> tuple[str, int, int]:
        """Buy a cup; say under which terms, and at which commission."""
        self.add_to_cart(ANNA, CUP, 1)
        self.place_order(ANNA)
        self.pay(ANNA, GOOD_CARD)
        part = self._part(ANNA, SHOP)
        hold = self._ask(ViewEscrow(seller_order_id=part.seller_order_id), OPERATOR)
        order = self._order(ANNA)
        return order.policy_version, order.policy_number, hold.terms.commission_bps


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    opened = Ground(tmp_path)
    opened.open_shop(SHOP)
    opened.approve_shop(SHOP)
    opened.create_product(SHOP, CUP, price_minor=3_000, stock=20)
    opened.publish_product(SHOP, CUP)
    opened.register(ANNA)
    yield opened
    opened.close()


def test_orders_are_placed_under_the_terms_in_use_and_keep_them(ground: Ground) -> None:
    before = ground.order_one()
    first = ground._orders[ANNA]
    used = ground.use(version="2026-2", commission_bps=500)
    after = ground.order_one()

    assert (before, after) == (("2026-1", 0, 1_000), ("2026-2", 1, 500))
    assert (used.number, used.used_by, used.reason) == (1, OPERATOR.principal, "Agreed.")
    assert ground._ask(ViewOrder(order_id=first), ground._person(ANNA)).policy_number == 0
    assert ground._ask(ViewTerms(), OPERATOR).commission_bps == 500


def test_returning_is_a_version_of_its_own(ground: Ground) -> None:
    ground.use(version="2026-2", commission_bps=500)
    ground.use(version="2026-3", commission_bps=700)
    returned, began = ground.back_to(1), ground.back_to(0)

    assert [(one.number, one.name) for one in (returned, began)] == [(3, "2026-2"), (4, "2026-1")]
    assert ground._ask(ViewPolicy(number=3), OPERATOR).digest == ground._ask(ViewPolicy(number=1), OPERATOR).digest
    assert ground.order_one() == ("2026-1", 4, 1_000)
    with pytest.raises(Refused, match=r"operations\.policy_not_found"):
        ground.back_to(9)


def test_terms_in_use_are_not_stored_again_and_a_name_stands_for_the_same_terms(ground: Ground) -> None:
    ground.use(version="2026-2", commission_bps=500)
    again = ground.use(version="2026-2", commission_bps=500, claim_window="P14D")
    with pytest.raises(Refused, match=r"operations\.policy_name_taken"):
        ground.use(version="2026-2", commission_bps=600)

    assert (again.number, ground.numbers()) == (1, [1])


def test_what_has_a_mistake_is_not_used(ground: Ground) -> None:
    for document in ({"version": "2026-2", "claim_window": "-P1D"}, {"commission_bps": 500}, {"version": "2", "x": 1}):
        with pytest.raises(Refused, match=r"payments\.malformed_policy"):
            ground.use(**document)
    with pytest.raises(Refused, match=r"kernel\.not_allowed"):
        ground._do(UsePolicy(document=(("version", "2"),), reason="I want to."), ground._person(ANNA))

    assert ground.numbers() == []


def test_a_rehearsal_uses_nothing(ground: Ground) -> None:
    command = UsePolicy(document=(("version", "2026-2"),), reason="Agreed.")
    seen = ground._run(ground._opened.market.rehearse(command, by=OPERATOR))

    assert seen.steps == ("store version 1 of the terms of trade, 2026-2",)
    assert ground.numbers() == []
    assert ground.order_one() == ("2026-1", 0, 1_000)


def test_versions_are_compared_key_by_key_and_what_was_done_is_kept(ground: Ground) -> None:
    ground.use(version="2026-2", commission_bps=500, ship_within="P7D")
    command = UsePolicy(document=(("version", "2026-3"),), reason="Back.")
    ground._run(ground._opened.market.execute(command, by=OPERATOR, reason="Back."))
    from_first = ground._ask(ComparePolicies(before=0, after=1), OPERATOR)
    to_present = ground._ask(ComparePolicies(before=1), OPERATOR)

    assert [(one.key, one.before, one.after) for one in from_first] == [
        ("version", "2026-1", "2026-2"),
        ("ship_within", "P14D", "P7D"),
        ("commission_bps", 1_000, 500),
    ]
    assert [(one.key, one.after) for one in to_present] == [
        ("version", "2026-3"),
        ("ship_within", "P14D"),
        ("commission_bps", 1_000),
    ]
    (act,) = ground._ask(ListActs(page=PageRequest()), OPERATOR).items
    assert (act.command, act.reason) == ("UsePolicy", "Back.")


def test_a_quote_from_before_is_void(ground: Ground) -> None:
    ground.add_to_cart(ANNA, CUP, 1)
    ground.look_at_quote(ANNA)
    ground.use(version="2026-2", delivery_fee_minor=900)

    with pytest.raises(Refused, match=r"orders\.quote_changed"):
        ground.place_order(ANNA, fresh_quote=False)


async def test_another_process_takes_them_up_within_seconds() -> None:
    clock = FrozenClock()
    store = Store(clock, CountingIds())
    terms = StoredTerms(
        began_with=TermsOfTrade(),
        reader=InMemoryOperationsReader(store),
        clock=clock,
        max_hold=timedelta(days=90),
    )
    assert await terms.changed() is None
    async with store.begin(InMemoryOperationsWork)() as work:
        await work.policies.add(a_version(1))

    assert await terms.changed() is None
    clock.advance(LOOKS_AGAIN_AFTER)
    taken = await terms.changed()

    assert taken is not None
    assert (taken.policy.commission_bps, taken.checkout.number) == (900, 1)
    clock.advance(LOOKS_AGAIN_AFTER)
    assert await terms.changed() is None


async def test_a_key_that_is_known_no_more_is_passed_over_and_a_new_one_has_its_default() -> None:
    stored = {"version": "2019-1", "fax_number": "0", "commission_bps": 900}

    assert TermsOfTrade.of(stored).policy == PaymentPolicy(version="2019-1", commission_bps=900)
