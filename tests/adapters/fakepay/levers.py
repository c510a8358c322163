"""What a test has others do with money at FakePay, by its script."""

from typing import Final

from attrs import frozen

from marketplace_adapters.fakepay.script import FakepayScript
from marketplace_core.kernel.money import Money
from marketplace_core.payments import DisputeState, ProviderPayment, ProviderPayout, ProviderRefund, RefundProgress
from marketplace_core.testing.conformance.payment_provider import ACCOUNT_CLOSED, CARD_CLOSED, Levers

A_LONG_TIME_SECONDS: Final = 30 * 24 * 3_600


@frozen
class FakepayLevers(Levers):
    """Moves the provider, the banks and the card network with the test secret."""

    script: FakepayScript

    async def hold_refunds(self) -> None:
        """Change the terms."""
        await self.script.do("settings", {"refund_delay_seconds": A_LONG_TIME_SECONDS})

    async def settle_refund(self, refund: ProviderRefund) -> None:
        """Have it go."""
        await self.script.do(f"refunds/{refund.reference}/settle")

    async def fail_refund(self, refund: ProviderRefund) -> None:
        """Have it fail, or bounce."""
        verb = "bounce" if refund.state is RefundProgress.SUCCEEDED else "fail"
        await self.script.do(f"refunds/{refund.reference}/{verb}", {"failure_code": CARD_CLOSED})

    async def open_dispute(self, payment: ProviderPayment, amount: Money, *, warning: bool = False) -> str:
        """Have the bank dispute, or inquire."""
        opened = await self.script.do(
            "disputes",
            {"payment": payment.reference, "amount_minor": amount.amount_minor, "inquiry": warning},
        )
        return str(opened["id"])

    async def move_dispute(self, reference: str, state: DisputeState, *, returns_fee: bool = False) -> None:
        """Have the network take a step."""
        await self.script.do("settings", {"dispute_fee_returned": returns_fee})
        await self.script.do(f"disputes/{reference}/advance", {"status": state.value})

    async def return_payout(self, payout: ProviderPayout) -> None:
        """Have the bank return it."""
        await self.script.do(f"payouts/{payout.reference}/return", {"failure_code": ACCOUNT_CLOSED})
