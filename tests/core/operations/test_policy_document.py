"""The terms of trade as a document: read, written, and every mistake a sentence."""

from datetime import timedelta
from typing import Any

import attrs
import pytest

from marketplace_core.bridges.policies import KEYS, TermsOfTrade, flaws, terms_of
from marketplace_core.kernel.documents import keys_of
from marketplace_core.orders import CheckoutPolicy
from marketplace_core.payments import PaymentPolicy
from marketplace_core.payments.terms import MalformedPolicy

MAX_HOLD = timedelta(days=90)


def flawed(**changes: Any) -> list[str]:
    """Return the flaws of a document."""
    return [*flaws({"version": "2026-2"} | changes, max_hold=MAX_HOLD)]


def test_a_document_says_everything_and_is_read_back_as_it_was() -> None:
    payments = PaymentPolicy(
        version="2026-2", reserve_bps=500, release_after_carrier=timedelta(minutes=90), keeps_commission=True
    )
    checkout = CheckoutPolicy(version="2026-2", pay_within=timedelta(hours=1), accepts_by_hand=True)
    terms = TermsOfTrade(policy=payments, checkout=checkout)

    document = terms.document

    assert terms_of(document, max_hold=MAX_HOLD) == terms
    assert (document["release_after_carrier"], document["reserve_for"], document["payout_every"]) == (
        "PT90M",
        "P30D",
        "PT1H",
    )
    assert (document["pay_within"], document["ship_within"], document["accepts_by_hand"]) == ("PT1H", "P14D", True)
    fields = (*attrs.fields(PaymentPolicy), *attrs.fields(CheckoutPolicy))
    assert document.keys() == {field.name for field in fields} - {"number"} == set(KEYS)


def test_a_key_is_of_payments_or_of_checkout_alone() -> None:
    assert set(keys_of(PaymentPolicy)) & set(keys_of(CheckoutPolicy)) == {"version"}


def test_what_is_left_out_keeps_its_default() -> None:
    terms = terms_of({"version": "2026-2", "claim_window": "P30D", "ship_within": "P7D"}, max_hold=MAX_HOLD)

    assert terms.policy == PaymentPolicy(version="2026-2", claim_window=timedelta(days=30))
    assert terms.checkout == CheckoutPolicy(version="2026-2", ship_within=timedelta(days=7))


def test_the_default_terms_have_no_flaw() -> None:
    assert flawed() == []
    assert [*flaws(TermsOfTrade().document, max_hold=MAX_HOLD)] == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"colour": "red"}, "colour is not known"),
        ({"version": ""}, "version names the terms"),
        ({"version": 2}, "version names the terms"),
        ({"claim_window": 14}, "claim_window is a duration such as PT72H or P14D, not 14."),
        ({"claim_window": "two weeks"}, "claim_window is a duration"),
        ({"claim_window": "-P1D"}, "claim_window is longer than nothing, not -P1D."),
        ({"release_after_carrier": "PT0H"}, "release_after_carrier is longer than nothing"),
        ({"commission_bps": "10 %"}, "commission_bps is a whole number"),
        ({"commission_bps": True}, "commission_bps is a whole number"),
        ({"commission_bps": 10_001}, "commission_bps is 0 to 10000 basis points"),
        ({"commission_bps": 9_000}, "takes more than all"),
        ({"keeps_commission": 1}, "keeps_commission is true or false"),
        ({"payout_minimum_minor": 0}, "payout_minimum_minor is at least 1, not 0."),
        ({"unverified_held_max_minor": -1}, "unverified_held_max_minor is at least 0, not -1."),
        ({"release_after_seller": "P83D"}, "release_after_seller is P83D, but money is held no longer than P83D."),
        ({"hold_margin": "P90D"}, "hold_margin leaves nothing"),
        ({"claim_undelivered_after": "P80D"}, "A claim about what never arrived"),
        ({"debt_soft_minor": 60_000}, "debt_soft_minor is at most debt_hard_minor"),
        ({"commission_bps": -1}, "commission_bps is 0 to 10000 basis points, not -1."),
        ({"debt_hard_minor": 10**13}, "debt_hard_minor is at most 1000000000000."),
        ({"vat_jurisdiction": "France"}, "vat_jurisdiction is a country"),
        ({"pay_within": "PT0S"}, "pay_within is longer than nothing, not PT0S."),
        ({"accepts_by_hand": "yes"}, "accepts_by_hand is true or false, not 'yes'."),
        ({"service_fee_bps": 10_001}, "service_fee_bps is 0 to 10000 basis points, not 10001."),
        ({"delivery_fee_minor": -1}, "delivery_fee_minor is at least 0, not -1."),
        ({"least_payment_minor": 0}, "least_payment_minor is at least 1, not 0."),
        ({"claim_undelivered_after": "P13D"}, "claim_undelivered_after is at least ship_within"),
        ({"number": 7}, "number is not known"),
    ],
)
def test_a_mistake_is_a_sentence(changes: dict[str, Any], said: str) -> None:
    found = flawed(**changes)

    assert [flaw for flaw in found if said in flaw] != []
    assert all(flaw[-1] == "." for flaw in found)


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(MalformedPolicy) as refused:
        terms_of({"version": "2026-2", "colour": 1, "claim_window": "x"}, max_hold=MAX_HOLD)

    found = refused.value.facts["flaws"]
    assert isinstance(found, list)
    assert len(found) == 2
