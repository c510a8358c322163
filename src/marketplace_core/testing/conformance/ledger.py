"""What every ledger must do, and what it must refuse."""

import asyncio
import random

import pytest

from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import InvalidCursor, PageRequest
from marketplace_core.payments import (
    Account,
    AccountKind,
    AlreadyPosted,
    InsufficientFunds,
    Journal,
    JournalKind,
    Transfer,
)
from marketplace_core.testing.payments import EUR, NOW, PaymentsGround

PSP = Account(kind=AccountKind.PSP, subject="inmemory", currency=EUR)
FEES = Account(kind=AccountKind.PSP_FEES, currency=EUR)
REVENUE = Account(kind=AccountKind.COMMISSION_REVENUE, currency=EUR)
ESCROW = Account(kind=AccountKind.ESCROW, subject="sor_1", currency=EUR)
PAYABLE = Account(kind=AccountKind.SELLER_PAYABLE, subject="sel_ada", currency=EUR)
WALLET = Account(kind=AccountKind.WALLET, subject="sel_ada", currency=EUR)


def a_journal(
    *moves: tuple[Account, Account, int],
    kind: JournalKind = JournalKind.PAYMENT_CAPTURED,
    source_type: str = "payment",
    source_id: str = "pay_1",
    leg: str = "main",
) -> Journal:
    """Write a journal of transfers: debit, credit, minor units."""
    return Journal(
        kind=kind,
        source_type=source_type,
        source_id=source_id,
        leg=leg,
        transfers=tuple(
            Transfer(debit, credit, Money(amount_minor, debit.currency)) for debit, credit, amount_minor in moves
        ),
    )


async def post(ground: PaymentsGround, journal: Journal) -> None:
    """Post in a transaction of its own."""
    async with ground.begin() as work:
        await work.ledger.post(journal, NOW)


async def balance(ground: PaymentsGround, account: Account) -> int:
    """Return a balance in minor units."""
    async with ground.begin() as work:
        return (await work.ledger.balance(account)).amount_minor


class LedgerConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> PaymentsGround:
        """Return an empty store of payments."""
        raise NotImplementedError

    async def test_an_account_that_was_never_touched_is_empty(self, ground: PaymentsGround) -> None:
        assert await balance(ground, ESCROW) == 0

    async def test_a_balance_grows_on_the_side_of_its_account(self, ground: PaymentsGround) -> None:
        await post(ground, a_journal((PSP, ESCROW, 6_500)))
        await post(ground, a_journal((FEES, PSP, 116), kind=JournalKind.PROVIDER_FEE))

        assert await balance(ground, PSP) == 6_384
        assert await balance(ground, ESCROW) == 6_500
        assert await balance(ground, FEES) == 116

    async def test_what_was_booked_of_a_source_is_told_as_it_was_booked(self, ground: PaymentsGround) -> None:
        captured = a_journal((PSP, ESCROW, 6_500))
        fee = a_journal((FEES, PSP, 116), kind=JournalKind.PROVIDER_FEE)
        for journal in (captured, fee, a_journal((PSP, ESCROW, 1), source_id="pay_2")):
            await post(ground, journal)

        async with ground.begin() as work:
            told = await work.ledger.journals_of("pay_1")

        assert list(told) == [captured, fee]

    async def test_one_journal_may_touch_an_account_many_times(self, ground: PaymentsGround) -> None:
        await post(ground, a_journal((PSP, ESCROW, 100)))
        await post(
            ground,
            a_journal((ESCROW, REVENUE, 10), (ESCROW, PAYABLE, 90), kind=JournalKind.ESCROW_RELEASED, source_id="r"),
        )

        assert await balance(ground, ESCROW) == 0
        assert await balance(ground, PAYABLE) == 90
        assert await balance(ground, REVENUE) == 10

    async def test_a_fact_is_posted_once(self, ground: PaymentsGround) -> None:
        await post(ground, a_journal((PSP, ESCROW, 100)))

        with pytest.raises(AlreadyPosted):
            await post(ground, a_journal((PSP, ESCROW, 100)))

        assert await balance(ground, ESCROW) == 100

    async def test_another_leg_or_kind_of_the_same_source_is_another_fact(self, ground: PaymentsGround) -> None:
        await post(ground, a_journal((PSP, ESCROW, 100)))
        await post(ground, a_journal((PSP, ESCROW, 20), leg="2"))
        await post(ground, a_journal((FEES, PSP, 5), kind=JournalKind.PROVIDER_FEE))

        assert await balance(ground, ESCROW) == 120

    @pytest.mark.parametrize(("guarded", "other"), [(ESCROW, PAYABLE), (PAYABLE, PSP)], ids=["escrow", "payable"])
    async def test_a_liability_never_pays_out_more_than_came_in(
        self, ground: PaymentsGround, guarded: Account, other: Account
    ) -> None:
        await post(ground, a_journal((PSP, guarded, 100)))

        with pytest.raises(InsufficientFunds):
            await post(ground, a_journal((guarded, other, 101), source_id="too much"))

        assert await balance(ground, guarded) == 100
        assert await balance(ground, other) == (100 if other is PSP else 0)

    async def test_a_wallet_is_never_overdrawn(self, ground: PaymentsGround) -> None:
        await post(ground, a_journal((WALLET, PSP, 100)))

        with pytest.raises(InsufficientFunds):
            await post(ground, a_journal((PAYABLE, WALLET, 101), source_id="too much"))

        assert await balance(ground, WALLET) == 100

    async def test_a_refused_journal_leaves_nothing_behind_not_even_its_first_transfers(
        self, ground: PaymentsGround
    ) -> None:
        await post(ground, a_journal((PSP, ESCROW, 100)))

        with pytest.raises(InsufficientFunds):
            await post(ground, a_journal((ESCROW, REVENUE, 60), (ESCROW, PAYABLE, 60), source_id="half"))
        await post(ground, a_journal((ESCROW, PAYABLE, 100), source_id="half"))

        assert await balance(ground, REVENUE) == 0
        assert await balance(ground, PAYABLE) == 100

    async def test_the_platforms_balance_at_the_provider_may_go_below_zero(self, ground: PaymentsGround) -> None:
        await post(ground, a_journal((FEES, PSP, 40)))

        assert await balance(ground, PSP) == -40

    async def test_a_journal_that_moves_nothing_leaves_no_trace(self, ground: PaymentsGround) -> None:
        await post(ground, a_journal())
        await post(ground, a_journal((PSP, ESCROW, 100)))

        page = await ground.books.journals(PageRequest(), source_id=None)
        assert len(page.items) == 1

    async def test_currencies_are_kept_apart(self, ground: PaymentsGround) -> None:
        dollars = Account(kind=AccountKind.PSP, subject="inmemory", currency="USD")
        held = Account(kind=AccountKind.ESCROW, subject="sor_1", currency="USD")

        await post(ground, a_journal((PSP, ESCROW, 100)))
        await post(ground, a_journal((dollars, held, 70), leg="usd"))

        assert await balance(ground, ESCROW) == 100
        assert await balance(ground, held) == 70

    async def test_what_is_rolled_back_was_never_posted(self, ground: PaymentsGround) -> None:
        async def post_and_regret() -> None:
            async with ground.begin() as work:
                await work.ledger.post(a_journal((PSP, ESCROW, 100)), NOW)
                raise RuntimeError("changed my mind")

        with pytest.raises(RuntimeError, match="changed my mind"):
            await post_and_regret()

        assert await balance(ground, ESCROW) == 0
        await post(ground, a_journal((PSP, ESCROW, 100)))

    async def test_many_at_once_never_take_more_than_there_is(self, ground: PaymentsGround) -> None:
        await post(ground, a_journal((PSP, ESCROW, 1_000)))
        chance = random.Random(7)
        amounts = [[chance.randint(1, 40) for _ in range(5)] for _ in range(16)]
        accepted: list[int] = []

        async def release(worker: int) -> None:
            for number, amount_minor in enumerate(amounts[worker]):
                try:
                    await post(ground, a_journal((ESCROW, PAYABLE, amount_minor), source_id=f"{worker}.{number}"))
                except InsufficientFunds:
                    continue
                accepted.append(amount_minor)

        await asyncio.gather(*(release(worker) for worker in range(16)))

        assert 0 < len(accepted) < 80
        assert await balance(ground, ESCROW) == 1_000 - sum(accepted)
        assert await balance(ground, PAYABLE) == sum(accepted)


class BooksReaderConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> PaymentsGround:
        """Return an empty store of payments."""
        raise NotImplementedError

    async def test_the_trial_balance_of_empty_books_is_empty(self, ground: PaymentsGround) -> None:
        view = await ground.books.trial_balance()

        assert view.rows == ()
        assert view.sums == ()

    async def test_the_trial_balance_sums_kinds_in_the_order_of_the_chart_and_comes_to_zero(
        self, ground: PaymentsGround
    ) -> None:
        other = Account(kind=AccountKind.ESCROW, subject="sor_2", currency=EUR)
        await post(ground, a_journal((PSP, ESCROW, 6_500), (PSP, other, 3_500)))
        await post(ground, a_journal((FEES, PSP, 320), kind=JournalKind.PROVIDER_FEE))

        view = await ground.books.trial_balance()

        assert [(row.kind, row.balance.amount_minor) for row in view.rows] == [
            (AccountKind.PSP, 9_680),
            (AccountKind.ESCROW, -10_000),
            (AccountKind.PSP_FEES, 320),
        ]
        assert (view.rows[0].debits.amount_minor, view.rows[0].credits.amount_minor) == (10_000, 320)
        assert view.sums == (Money(0, EUR),)

    async def test_journals_are_listed_newest_first_in_pages(self, ground: PaymentsGround) -> None:
        for number in range(5):
            await post(ground, a_journal((PSP, ESCROW, 100 + number), source_id=f"pay_{number}"))

        first = await ground.books.journals(PageRequest(limit=2), source_id=None)
        second = await ground.books.journals(PageRequest(limit=2, cursor=first.next_cursor), source_id=None)
        third = await ground.books.journals(PageRequest(limit=2, cursor=second.next_cursor), source_id=None)

        listed = [view.source_id for page in (first, second, third) for view in page.items]
        assert listed == ["pay_4", "pay_3", "pay_2", "pay_1", "pay_0"]
        assert third.next_cursor is None

    async def test_a_journal_shows_what_moved_from_where_to_where(self, ground: PaymentsGround) -> None:
        other = Account(kind=AccountKind.ESCROW, subject="sor_2", currency=EUR)
        await post(ground, a_journal((PSP, ESCROW, 6_500), (PSP, other, 3_500)))
        await post(ground, a_journal((PSP, ESCROW, 1), source_id="pay_2"))

        (view,) = (await ground.books.journals(PageRequest(), source_id="pay_1")).items

        assert (view.kind, view.source_type, view.source_id, view.leg) == (
            JournalKind.PAYMENT_CAPTURED, "payment", "pay_1", "main",
        )  # fmt: skip
        assert view.posted_at == NOW
        assert view.actor == "system"
        assert [(one.debit, one.credit, one.amount.amount_minor) for one in view.transfers] == [
            ("psp:inmemory:EUR", "escrow:sor_1:EUR", 6_500),
            ("psp:inmemory:EUR", "escrow:sor_2:EUR", 3_500),
        ]

    @pytest.mark.parametrize("cursor", ["ord_1", "jrn_", "jrn_x", "jrn_-1", ""])
    async def test_a_cursor_of_another_list_is_refused(self, ground: PaymentsGround, cursor: str) -> None:
        with pytest.raises(InvalidCursor):
            await ground.books.journals(PageRequest(cursor=cursor), source_id=None)
