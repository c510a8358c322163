"""What the provider gives to the shop's own page: one script that knows every card and every refusal."""

import re
from pathlib import Path

from marketplace_adapters.fakepay.provider.app import SCRIPT
from marketplace_adapters.fakepay.provider.cards import TEST_CARDS
from tests.adapters.fakepay_provider.shop import CONFIRMATION, DECLINE, LATE, NO_FUNDS, SUCCESS, Shop

REFUSALS = (
    "attempts_exhausted",
    "authentication_failed",
    "card_declined",
    "expired_card",
    "insufficient_funds",
    "invalid_expiry",
    "invalid_security_code",
    "payment_cancelled",
    "payment_not_found",
    "unknown_test_card",
)
"""What a buyer may be refused for, as the tests of paying know it."""


async def script(shop: Shop) -> str:
    """Load it as a browser does."""
    answer = await shop.browser.get(SCRIPT)
    assert answer.status_code == 200
    return answer.text


async def test_the_script_is_given_to_every_origin(shop: Shop) -> None:
    answer = await shop.browser.get(SCRIPT, headers={"origin": "http://shop.test"})

    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert 'customElements.define("payment-step"' in answer.text


async def test_it_offers_every_test_card_with_what_it_does(shop: Shop) -> None:
    text = await script(shop)

    offered = dict(re.findall(r'\["(\d{16})", "(\w+)"\]', text))

    assert offered == {number: behaviour.value for number, behaviour in TEST_CARDS.items()}
    assert {SUCCESS, DECLINE, NO_FUNDS, CONFIRMATION, LATE} < set(offered)
    english, russian = text.split("\n  ru: {")
    for behaviour in offered.values():
        assert f"    {behaviour}: " in english
        assert f"    {behaviour}: " in russian


async def test_it_has_a_sentence_for_every_refusal_in_both_languages(shop: Shop) -> None:
    text = await script(shop)

    english, russian = text.split("\n  ru: {")

    for code in REFUSALS:
        assert re.search(rf"^    {code}: \"", english, re.MULTILINE), code
        assert re.search(rf"^    {code}: \"", russian, re.MULTILINE), code


async def test_it_puts_nothing_into_the_page_as_markup_and_nothing_inline(shop: Shop) -> None:
    text = await script(shop)

    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|\.style\b|localStorage", text)


def test_the_refusals_are_those_the_provider_knows() -> None:
    folder = Path("src/adapters/marketplace_adapters/fakepay/provider")
    known = "".join(path.read_text() for path in folder.glob("*.py"))

    missing = [code for code in REFUSALS if code not in known and code != "payment_not_found"]

    assert missing == []
