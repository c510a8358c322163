"""The terms of trade that the settings ask for."""

import json
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Final

from attrs import frozen

from marketplace_core.bridges.policies import TermsOfTrade, terms_of
from marketplace_core.orders import CheckoutPolicy, FlatRate, FlatTaxes, RemittedBy
from marketplace_core.payments import PaymentPolicy
from marketplace_core.payments.terms import MalformedPolicy
from marketplace_entrypoints.composition.settings import Settings

MAX_HOLD: Final = timedelta(days=90)
"""As long as most providers let money be held."""


@frozen(kw_only=True)
class Terms:
    """What orders are placed under until a version of the terms of trade is stored, and the taxes."""

    policy: PaymentPolicy
    checkout: CheckoutPolicy
    taxes: FlatTaxes


def settings_terms(settings: Settings, *, max_hold: timedelta = MAX_HOLD) -> Terms:
    """Read them; ``max_hold`` is how long the provider lets money be held. Raises ``MalformedPolicy``.

    A document (``MARKETPLACE_POLICY``) says it all; without one the single settings do.
    """
    rates = {
        country: FlatRate(rate_bps=rate.rate_bps, remitted_by=RemittedBy(rate.remitted_by))
        for country, rate in settings.taxes.items()
    }
    terms = _of_settings(settings)
    if settings.policy is not None:
        terms = terms_of({**_checkout_of(settings), **policy_document(settings.policy)}, max_hold=max_hold)
    return Terms(policy=terms.policy, checkout=terms.checkout, taxes=FlatTaxes(rates))


def policy_document(file: Path) -> Mapping[str, object]:
    """Read a document of terms, TOML by its name or else JSON. Raises ``MalformedPolicy``."""
    try:
        text = file.read_text(encoding="utf-8")
        found: object = tomllib.loads(text) if file.suffix == ".toml" else json.loads(text)
    except (OSError, ValueError) as failure:
        raise MalformedPolicy(f"{file.name} cannot be read: {failure}", flaws=[str(failure)]) from failure
    if not isinstance(found, dict):
        raise MalformedPolicy(f"{file.name} is no table of keys and values.", flaws=["no table of keys and values"])
    return found


def _checkout_of(settings: Settings) -> dict[str, int | bool]:
    return {
        "service_fee_minor": settings.service_fee_minor,
        "service_fee_bps": settings.service_fee_bps,
        "accepts_by_hand": settings.sellers_accept == "by_hand",
    }


def _of_settings(settings: Settings) -> TermsOfTrade:
    return TermsOfTrade.of({**_checkout_of(settings), "reserve_bps": settings.reserve_bps})
