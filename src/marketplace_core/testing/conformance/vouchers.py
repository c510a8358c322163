"""What every store of vouchers, and every calculator of taxes, must do."""

import asyncio
from datetime import timedelta

import attrs
import pytest
from attrs import frozen

from marketplace_core.kernel.errors import MarketplaceError
from marketplace_core.kernel.ids import OrderId, SellerId, UserId, VoucherId
from marketplace_core.kernel.money import Money
from marketplace_core.orders import (
    Limits,
    RemittedBy,
    Value,
    Voucher,
    VoucherCodeTaken,
    VoucherExhausted,
    VoucherNotApplicable,
    VoucherNotFound,
)
from marketplace_core.orders.ports import TaxableSale, TaxCalculator
from marketplace_core.testing.conformance.orders import ADA, ANN, BEN, BOB, NOW, OrdersGround


def a_voucher(
    code: str = "SPRING-10",
    *,
    number: int = 1,
    seller_id: SellerId | None = None,
    uses_max: int | None = None,
    uses_per_buyer_max: int | None = None,
) -> Voucher:
    """Make a voucher of 10 %, of the platform's if no seller is named."""
    return Voucher.make(
        voucher_id=VoucherId(f"vch_{number:04d}"),
        code=code,
        seller_id=seller_id,
        value=Value(currency="EUR", percent_bps=1_000, minimum_minor=500),
        limits=Limits(
            uses_max=uses_max,
            uses_per_buyer_max=uses_per_buyer_max,
            valid_from=NOW,
            valid_until=NOW + timedelta(days=30),
        ),
        now=NOW,
    )


@pytest.mark.conformance
class VouchersConformance:
    """Override ``ground`` with an empty store of orders."""

    @pytest.fixture
    def ground(self) -> OrdersGround:
        """Return an empty store."""
        raise NotImplementedError

    async def _saved(self, ground: OrdersGround, *vouchers: Voucher) -> None:
        async with ground.begin() as work:
            for voucher in vouchers:
                await work.vouchers.save(voucher)

    async def _redeem(self, ground: OrdersGround, number: int, buyer_id: UserId = ANN, code: str = "SPRING-10") -> None:
        async with ground.begin() as work:
            voucher = await work.vouchers.find(code)
            assert voucher is not None
            await work.vouchers.redeem(voucher, OrderId(f"ord_{number}"), buyer_id, NOW)

    async def _used(self, ground: OrdersGround) -> int:
        return (await ground.reader.voucher(VoucherId("vch_0001"))).used

    async def test_a_voucher_comes_back_as_it_was_saved(self, ground: OrdersGround) -> None:
        """By name and by code, to write and to read."""
        saved = a_voucher(seller_id=ADA, uses_max=3, uses_per_buyer_max=1)
        await self._saved(ground, saved)

        async with ground.begin() as work:
            found, named = await work.vouchers.get(saved.voucher_id), await work.vouchers.find("SPRING-10")
            unknown = await work.vouchers.find("AUTUMN-10")
        read = await ground.reader.voucher(saved.voucher_id)

        assert named is not None
        assert attrs.asdict(found) == attrs.asdict(named) == attrs.asdict(read) == attrs.asdict(saved)
        assert unknown is None

    async def test_there_is_no_voucher_that_was_never_saved(self, ground: OrdersGround) -> None:
        """To write and to read."""
        with pytest.raises(VoucherNotFound):
            async with ground.begin() as work:
                await work.vouchers.get(VoucherId("vch_none"))
        with pytest.raises(VoucherNotFound):
            await ground.reader.voucher(VoucherId("vch_none"))
        with pytest.raises(VoucherNotApplicable):
            await ground.reader.voucher_for("NONE", ANN)

    async def test_a_code_exists_once(self, ground: OrdersGround) -> None:
        """Whoever's voucher it is."""
        await self._saved(ground, a_voucher())

        with pytest.raises(VoucherCodeTaken):
            await self._saved(ground, a_voucher(number=2, seller_id=BOB))

    async def test_each_shop_lists_its_own_newest_first(self, ground: OrdersGround) -> None:
        """The platform's are nobody's else."""
        await self._saved(
            ground,
            *(a_voucher(f"ADA-{number}", number=number, seller_id=ADA) for number in (1, 2, 3)),
            a_voucher("BOB-1", number=4, seller_id=BOB),
            a_voucher("ALL-1", number=5),
        )

        first = await ground.reader.vouchers_of(ADA, 2, None)
        rest = await ground.reader.vouchers_of(ADA, 2, first[-1].voucher_id)
        ours = await ground.reader.vouchers_of(None, 9, None)

        assert [one.code for one in first] == ["ADA-3", "ADA-2"]
        assert ([one.code for one in rest], [one.code for one in ours]) == (["ADA-1"], ["ALL-1"])

    async def test_it_is_used_once_per_order_however_often_it_is_told(self, ground: OrdersGround) -> None:
        """The order is the key."""
        await self._saved(ground, a_voucher(uses_max=2))

        for _ in range(3):
            await self._redeem(ground, 1)

        assert await self._used(ground) == 1
        assert (await ground.reader.voucher_for("SPRING-10", ANN))[1] == 1
        assert (await ground.reader.voucher_for("SPRING-10", BEN))[1] == 0

    async def test_of_many_at_once_as_many_win_as_the_limit_allows(self, ground: OrdersGround) -> None:
        """Three of twenty."""
        await self._saved(ground, a_voucher(uses_max=3))
        buyers = [UserId(f"usr_{number}") for number in range(20)]

        told = await asyncio.gather(
            *(self._redeem(ground, number, buyer_id) for number, buyer_id in enumerate(buyers)), return_exceptions=True
        )

        refused = [one for one in told if one is not None]
        assert (len(told) - len(refused), {type(one) for one in refused}) == (3, {VoucherExhausted})
        assert await self._used(ground) == 3

    async def test_of_one_buyers_two_orders_at_once_one_wins(self, ground: OrdersGround) -> None:
        """Once per person is once."""
        await self._saved(ground, a_voucher(uses_per_buyer_max=1))

        told = await asyncio.gather(self._redeem(ground, 1), self._redeem(ground, 2), return_exceptions=True)
        await self._redeem(ground, 3, BEN)

        assert [isinstance(one, MarketplaceError) for one in told].count(True) == 1
        assert await self._used(ground) == 2

    async def test_given_back_it_can_be_used_again_by_the_same_buyer_too(self, ground: OrdersGround) -> None:
        """Once, however often it is told; an order without one gives nothing back."""
        await self._saved(ground, a_voucher(uses_max=2, uses_per_buyer_max=2))
        await self._redeem(ground, 1)
        await self._redeem(ground, 2)

        async with ground.begin() as work:
            told = [await work.vouchers.give_back(OrderId(f"ord_{number}"), NOW) for number in (1, 1, 9)]
        assert (told, await self._used(ground)) == ([True, False, False], 1)

        await self._redeem(ground, 3)
        with pytest.raises(VoucherExhausted):
            await self._redeem(ground, 4, BEN)
        assert await self._used(ground) == 2

    async def test_an_order_whose_voucher_was_given_back_may_use_it_again(self, ground: OrdersGround) -> None:
        """Late money revives it, as far as there is one left."""
        await self._saved(ground, a_voucher(uses_max=1))
        await self._redeem(ground, 1)
        async with ground.begin() as work:
            await work.vouchers.give_back(OrderId("ord_1"), NOW)

        for _ in range(2):
            async with ground.begin() as work:
                await work.vouchers.take_again(OrderId("ord_1"), NOW)
                await work.vouchers.take_again(OrderId("ord_without"), NOW)

        assert (await self._used(ground), (await ground.reader.voucher_for("SPRING-10", ANN))[1]) == (1, 1)

    async def test_what_others_have_used_up_meanwhile_is_not_used_again(self, ground: OrdersGround) -> None:
        """Given back is given back."""
        await self._saved(ground, a_voucher(uses_max=1))
        await self._redeem(ground, 1)
        async with ground.begin() as work:
            await work.vouchers.give_back(OrderId("ord_1"), NOW)
        await self._redeem(ground, 2, BEN)

        with pytest.raises(VoucherExhausted):
            async with ground.begin() as work:
                await work.vouchers.take_again(OrderId("ord_1"), NOW)

        assert (await self._used(ground), (await ground.reader.voucher_for("SPRING-10", ANN))[1]) == (1, 0)

    async def test_a_stopped_one_is_not_used_any_more_and_keeps_its_count(self, ground: OrdersGround) -> None:
        """Whoever read it before."""
        await self._saved(ground, a_voucher())
        async with ground.begin() as work:
            known = await work.vouchers.get(VoucherId("vch_0001"))
        await self._redeem(ground, 1)
        async with ground.begin() as work:
            known.stop(NOW)
            await work.vouchers.save(known)

        with pytest.raises(VoucherNotApplicable):
            await self._redeem(ground, 2)
        assert await self._used(ground) == 1

    async def test_using_shares_the_fate_of_its_transaction(self, ground: OrdersGround) -> None:
        """Rolled back, it was never used."""
        await self._saved(ground, a_voucher())

        async def used_and_failed() -> None:
            async with ground.begin() as work:
                voucher = await work.vouchers.get(VoucherId("vch_0001"))
                await work.vouchers.redeem(voucher, OrderId("ord_1"), ANN, NOW)
                raise VoucherNotFound

        with pytest.raises(VoucherNotFound):
            await used_and_failed()

        assert await self._used(ground) == 0


@frozen(kw_only=True)
class TaxGround:
    """A calculator, a country whose tax the platform remits, one whose the seller remits, and one without a tax."""

    taxes: TaxCalculator
    on_top: str
    included: str
    untaxed: str


@pytest.mark.conformance
class TaxCalculatorConformance:
    """Override ``ground`` with a calculator."""

    @pytest.fixture
    def ground(self) -> TaxGround:
        """Return a calculator."""
        raise NotImplementedError

    def _sale(self, country: str, items_minor: int = 10_000, delivery_minor: int = 490) -> TaxableSale:
        items, delivery = Money(items_minor, "EUR"), Money(delivery_minor, "EUR")
        return TaxableSale(seller_id=ADA, items=items, delivery=delivery, country=country)

    def test_the_same_sale_bears_the_same_tax(self, ground: TaxGround) -> None:
        """Asked twice."""
        for country in (ground.on_top, ground.included, ground.untaxed):
            assert ground.taxes.tax(self._sale(country)) == ground.taxes.tax(self._sale(country))

    def test_what_the_platform_remits_comes_on_top(self, ground: TaxGround) -> None:
        """At its rate, and owed to somebody."""
        tax = ground.taxes.tax(self._sale(ground.on_top))

        assert tax is not None
        assert (tax.remitted_by, tax.added_minor) == (RemittedBy.PLATFORM, tax.amount_minor)
        assert abs(tax.amount_minor * 10_000 - 10_490 * tax.rate_bps) <= 5_000
        assert tax.jurisdiction

    def test_what_the_seller_remits_is_in_the_price(self, ground: TaxGround) -> None:
        """It adds nothing, and is less than the price."""
        tax = ground.taxes.tax(self._sale(ground.included))

        assert tax is not None
        assert (tax.remitted_by, tax.added_minor) == (RemittedBy.SELLER, 0)
        assert 0 < tax.amount_minor < 10_490

    def test_where_there_is_no_tax_there_is_none(self, ground: TaxGround) -> None:
        """Neither for goods nor for their delivery."""
        assert ground.taxes.tax(self._sale(ground.untaxed)) is None

    def test_nothing_bears_no_tax(self, ground: TaxGround) -> None:
        """Zero, or none at all."""
        tax = ground.taxes.tax(self._sale(ground.on_top, 0, 0))
        assert tax is None or tax.amount_minor == 0
