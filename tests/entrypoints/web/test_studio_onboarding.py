"""A seller whom the payment provider does not know well enough is led there and back, and can be paid then."""

import re

from marketplace_core.kernel.access import SYSTEM
from marketplace_core.payments import ConnectPayoutAccount
from tests.entrypoints.web.street import ADA, ADDRESS, ANN, Street


async def test_a_seller_is_led_to_the_provider_and_back(street: Street) -> None:
    payments, ada = street.opened.adapters.payments, await street.signed_in(ADA)
    account = await payments.payouts.find_account(street.shop.seller_id)
    ready = await ada.see("/studio/money")
    await payments.script.do(f"accounts/{account.reference}/restrict", {"currently_due": ["bank_account"]})
    await street.settle()

    restricted = await ada.see("/studio/money")
    there = await ada.see("/studio/money/onboarding")
    onboarding = await ada.see(there.leads_to)
    back = await ada.send(there.leads_to)
    await street.settle()
    paid_again = await ada.see("/studio/money")

    assert "/studio/money/onboarding" not in ready.links
    assert "/studio/money/onboarding" in restricted.links
    assert there.status == 303
    assert there.leads_to.startswith(f"{ADDRESS}/fakepay/onboarding/")
    assert there.answer.headers["cache-control"] == "no-store"
    assert "FakePay" in onboarding.words
    assert back.leads_to == f"{ADDRESS}/studio/money"
    assert "Your payout account is ready" in paid_again.words


async def test_every_visit_has_an_address_of_its_own_and_strangers_have_none(street: Street) -> None:
    ada, ann, nobody = await street.signed_in(ADA), await street.signed_in(ANN), street.visitor()
    await street.opened.market.execute(ConnectPayoutAccount(seller_id=street.shop.seller_id), by=SYSTEM)

    first, second = [(await ada.see("/studio/money/onboarding")).leads_to for _ in range(2)]
    without_shop = await ann.see("/studio/money/onboarding")
    stranger = await nobody.see("/studio/money/onboarding")

    assert first != second
    assert without_shop.leads_to == "/studio/open"
    assert re.match(r"/sign-in\?next=", stranger.leads_to)
