"""What every way to pay sellers must do: money moves once per key, and never more than there is."""

import pytest

from marketplace_core.kernel.ids import PayoutId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import transaction_open
from marketplace_core.payments import BankState, ProviderRefused, UnknownAtProvider
from marketplace_core.payments.ports import TransferRequest
from marketplace_core.testing.conformance.payment_provider import ADA, LATE, ProviderGround


class PayoutGatewayConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> ProviderGround:
        """Return an empty provider."""
        raise NotImplementedError

    async def _funded(self, ground: ProviderGround, amount_minor: int = 10_000) -> str:
        """Let a buyer pay and a seller have an account; return the account's reference."""
        await ground.paid(amount_minor=amount_minor)
        return (await ground.payouts.open_account(ADA, key="account:sel_ada:1")).reference

    @staticmethod
    def _request(account: str, amount_minor: int = 5_780) -> TransferRequest:
        return TransferRequest(payout_id=PayoutId("pyt_1"), account=account, amount=Money(amount_minor, "EUR"))

    async def test_both_gateways_name_the_same_provider(self, ground: ProviderGround) -> None:
        assert ground.payouts.provider == ground.payments.provider

    async def test_an_account_is_opened_once_per_key_and_found_by_our_identifier(self, ground: ProviderGround) -> None:
        nobody = await ground.payouts.find_account(ADA)
        first = await ground.payouts.open_account(ADA, key="account:sel_ada:1")
        second = await ground.payouts.open_account(ADA, key="account:sel_ada:1")

        assert nobody is None
        assert first == second == await ground.payouts.account(first.reference)
        assert await ground.payouts.find_account(ADA) == first
        assert (first.seller_id, first.payouts_enabled) == (ADA, True)

    async def test_what_the_provider_never_heard_of_is_unknown(self, ground: ProviderGround) -> None:
        assert await ground.payouts.find_transfer(PayoutId("pyt_none")) is None
        assert await ground.payouts.find_payout(PayoutId("pyt_none")) is None
        with pytest.raises(UnknownAtProvider):
            await ground.payouts.account("nothing")
        with pytest.raises(UnknownAtProvider):
            await ground.payouts.payout("nothing")

    async def test_a_seller_is_shown_to_the_provider_by_a_link_of_their_own(self, ground: ProviderGround) -> None:
        account = (await ground.payouts.open_account(ADA, key="account:sel_ada:1")).reference

        async def link(key: str, reference: str = account) -> str:
            back = "https://shop.example/studio/money"
            return await ground.payouts.onboarding_link(reference, return_url=back, refresh_url=f"{back}/2", key=key)

        first, again, another = await link("onboarding:1"), await link("onboarding:1"), await link("onboarding:2")
        with pytest.raises(UnknownAtProvider):
            await link("onboarding:3", "nothing")

        assert first.startswith(("https://", "http://"))
        assert first == again != another

    async def test_what_is_available_is_what_was_paid_less_the_fee(self, ground: ProviderGround) -> None:
        empty = await ground.payouts.available("EUR")
        await self._funded(ground)

        assert empty == Money(0, "EUR")
        assert await ground.payouts.available("EUR") == Money(10_000 - 165, "EUR")
        assert await ground.payouts.available("USD") == Money(0, "USD")

    async def test_the_platform_has_what_was_paid_less_the_fee_and_what_was_transferred(
        self, ground: ProviderGround
    ) -> None:
        empty = await ground.payouts.platform_balances()
        account = await self._funded(ground)
        funded = await ground.payouts.platform_balances()
        await ground.payouts.transfer(self._request(account), key="transfer:pyt_1:1")

        assert not any(empty)
        assert [one for one in funded if one] == [Money(10_000 - 165, "EUR")]
        assert [one for one in await ground.payouts.platform_balances() if one] == [Money(10_000 - 165 - 5_780, "EUR")]

    async def test_a_transfer_moves_money_once_per_key(self, ground: ProviderGround) -> None:
        account = await self._funded(ground)

        first = await ground.payouts.transfer(self._request(account), key="transfer:pyt_1:1")
        second = await ground.payouts.transfer(self._request(account), key="transfer:pyt_1:1")

        assert first == second == await ground.payouts.find_transfer(PayoutId("pyt_1"))
        assert first == await ground.payouts.find_transfer(PayoutId("pyt_1"), account=account)
        assert (first.payout_id, first.account, first.amount) == ("pyt_1", account, Money(5_780, "EUR"))
        assert await ground.payouts.available("EUR") == Money(10_000 - 165 - 5_780, "EUR")

    async def test_more_than_there_is_is_refused_and_nothing_moves(self, ground: ProviderGround) -> None:
        account = await self._funded(ground)

        with pytest.raises(ProviderRefused) as refusal:
            await ground.payouts.transfer(self._request(account, 9_836), key="transfer:pyt_1:1")

        assert refusal.value.reason == "insufficient_funds"
        assert await ground.payouts.available("EUR") == Money(9_835, "EUR")

    async def test_a_bank_payout_takes_what_was_transferred_and_arrives_in_time(self, ground: ProviderGround) -> None:
        account = await self._funded(ground)
        await ground.payouts.transfer(self._request(account), key="transfer:pyt_1:1")

        sent = await ground.payouts.pay_out(self._request(account), key="payout:pyt_1:1")
        again = await ground.payouts.pay_out(self._request(account), key="payout:pyt_1:1")
        ground.clock.advance(LATE)
        paid = await ground.payouts.payout(sent.reference)

        assert sent.reference == again.reference
        assert (sent.payout_id, sent.amount) == ("pyt_1", Money(5_780, "EUR"))
        assert sent.state is BankState.IN_TRANSIT
        assert paid.state is BankState.PAID
        assert await ground.payouts.find_payout(PayoutId("pyt_1")) == paid
        assert await ground.payouts.find_payout(PayoutId("pyt_1"), account=account) == paid

    async def test_an_account_pays_out_no_more_than_it_has(self, ground: ProviderGround) -> None:
        account = await self._funded(ground)

        with pytest.raises(ProviderRefused) as refusal:
            await ground.payouts.pay_out(self._request(account), key="payout:pyt_1:1")

        assert refusal.value.reason == "insufficient_funds"

    async def test_nothing_is_asked_while_a_transaction_is_open(self, ground: ProviderGround) -> None:
        request = self._request("any")
        for ask in (
            lambda: ground.payouts.open_account(ADA, key="any"),
            lambda: ground.payouts.account("any"),
            lambda: ground.payouts.find_account(ADA),
            lambda: ground.payouts.onboarding_link("any", return_url="any", refresh_url="any", key="any"),
            lambda: ground.payouts.available("EUR"),
            ground.payouts.platform_balances,
            lambda: ground.payouts.transfer(request, key="any"),
            lambda: ground.payouts.find_transfer(PayoutId("any")),
            lambda: ground.payouts.pay_out(request, key="any"),
            lambda: ground.payouts.payout("any"),
            lambda: ground.payouts.find_payout(PayoutId("any")),
        ):
            with transaction_open(), pytest.raises(AssertionError):
                await ask()
