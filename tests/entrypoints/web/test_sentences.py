"""Whatever the marketplace can refuse somebody, there is a sentence for it, and each part of the site says its own."""

import importlib
from collections.abc import Mapping

import pytest

from marketplace_core.kernel.errors import MarketplaceError
from marketplace_entrypoints.web.console.sentences import SENTENCES as CONSOLE
from marketplace_entrypoints.web.routes import PAGES
from marketplace_entrypoints.web.sentences import SENTENCES as GENERAL
from marketplace_entrypoints.web.storefront.sentences import SENTENCES as STOREFRONT
from marketplace_entrypoints.web.studio.sentences import SENTENCES as STUDIO
from tests.entrypoints.web.street import ADA, Street

NOT_ON_THESE_PAGES = {
    "identity.already_has_shop",
    "identity.invalid_profile",
    "identity.invalid_slug",
    "identity.invalid_token",
    "identity.last_operator",
    "identity.longer_password_needed",
    "identity.refresh_raced",
    "identity.role_not_grantable",
    "identity.seller_not_found",
    "identity.seller_not_in_state",
    "identity.shop_has_open_matters",
    "identity.slug_taken",
    "identity.user_not_found",
    "identity.weak_password",
    "orders.invalid_delivery_terms",
    "orders.invalid_shipment",
    "orders.invalid_voucher",
    "orders.not_open",
    "orders.payment_too_small",
    "orders.voucher_code_taken",
    "orders.voucher_not_found",
    "payments.account_closed",
    "payments.already_posted",
    "payments.books_do_not_balance",
    "payments.books_not_readable",
    "payments.brake_not_found",
    "payments.dispute_not_found",
    "payments.escrow_not_found",
    "payments.exceeds_debt",
    "payments.malformed_policy",
    "payments.malformed_settlement",
    "payments.settlement_not_found",
    "payments.escrow_not_releasable",
    "payments.insufficient_funds",
    "payments.ledger_refusal",
    "payments.malformed_evidence",
    "payments.malformed_reason",
    "payments.malformed_shares",
    "payments.never_compared",
    "payments.paused",
    "payments.payout_not_found",
    "payments.proposal_not_found",
    "payments.second_operator_needed",
    "payments.seller_account_not_found",
}
"""What only shops and operators meet, what is said at a field, and what nobody but us ever sees."""

STREAMS = {"/events"}
"""They say nothing to anybody."""


@pytest.mark.parametrize("context", ["cart", "orders", "payments", "identity"])
def test_every_refusal_that_buyers_can_meet_has_a_sentence(context: str) -> None:
    errors = importlib.import_module(f"marketplace_core.{context}.domain.errors")
    codes = {
        error.code
        for error in vars(errors).values()
        if isinstance(error, type) and issubclass(error, MarketplaceError) and error.code.startswith(f"{context}.")
    }

    assert codes - NOT_ON_THESE_PAGES - GENERAL.keys() - STOREFRONT.keys() == set()


@pytest.mark.parametrize("sentences", [GENERAL, STOREFRONT, STUDIO, CONSOLE])
def test_sentences_are_short_and_calm(sentences: Mapping[str, str]) -> None:
    loud = [code for code, said in sentences.items() if len(said) > 120 or "!" in said or "escrow" in said.lower()]

    assert loud == []


def test_buyers_are_not_told_of_a_shop_of_theirs() -> None:
    said = [*GENERAL.values(), *STOREFRONT.values()]

    assert [sentence for sentence in said if "your shop" in sentence] == []


def test_every_page_says_the_sentences_of_its_part() -> None:
    own = {"/studio": STUDIO, "/sell": STUDIO, "/console": CONSOLE}

    astray = [
        page.path
        for page in PAGES
        if page.path not in STREAMS
        for said in (next((said for part, said in own.items() if page.path.startswith(part)), STOREFRONT),)
        if not said.items() <= page.sentences.items()
    ]

    assert astray == []


async def test_a_product_that_is_not_there_is_called_otherwise_in_the_studio_than_in_the_shop(street: Street) -> None:
    ada = await street.signed_in(ADA)

    outside, inside = await ada.see("/products/prd_none"), await ada.see("/studio/products/prd_none")

    assert [outside.status, inside.status] == [404, 404]
    assert "This product is not for sale here any more, or never was." in outside.words
    assert "There is no such product in your shop." in inside.words
