"""Whatever the cart, orders, payments and sign-in can refuse a buyer, there is a sentence for it."""

import importlib

import pytest

from marketplace_core.kernel.errors import MarketplaceError
from marketplace_entrypoints.web.refusals import SENTENCES

NOT_ON_THESE_PAGES = {
    "identity.already_has_shop",
    "identity.invalid_profile",
    "identity.invalid_slug",
    "identity.invalid_token",
    "identity.longer_password_needed",
    "identity.refresh_raced",
    "identity.role_not_grantable",
    "identity.seller_not_found",
    "identity.seller_not_in_state",
    "identity.slug_taken",
    "identity.user_not_found",
    "identity.weak_password",
    "orders.invalid_shipment",
    "payments.account_closed",
    "payments.already_posted",
    "payments.books_do_not_balance",
    "payments.escrow_not_found",
    "payments.escrow_not_releasable",
    "payments.insufficient_funds",
    "payments.ledger_refusal",
    "payments.malformed_reason",
    "payments.malformed_shares",
    "payments.payout_not_found",
    "payments.seller_account_not_found",
}
"""What only shops and operators meet, what is said at a field, and what nobody but us ever sees."""


@pytest.mark.parametrize("context", ["cart", "orders", "payments", "identity"])
def test_every_refusal_that_buyers_can_meet_has_a_sentence(context: str) -> None:
    errors = importlib.import_module(f"marketplace_core.{context}.domain.errors")
    codes = {
        error.code
        for error in vars(errors).values()
        if isinstance(error, type) and issubclass(error, MarketplaceError) and error.code.startswith(f"{context}.")
    }

    assert codes - NOT_ON_THESE_PAGES - SENTENCES.keys() == set()


def test_sentences_are_short_and_calm() -> None:
    loud = [code for code, said in SENTENCES.items() if len(said) > 120 or "!" in said or "escrow" in said.lower()]

    assert loud == []
