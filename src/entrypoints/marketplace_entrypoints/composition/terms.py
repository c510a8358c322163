"""The terms of trade that the settings ask for."""

import json
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Final

from attrs import frozen

from marketplace_core.orders import CheckoutPolicy, FlatRate, FlatTaxes, RemittedBy
from marketplace_core.payments import PaymentPolicy
from marketplace_core.payments.terms import MalformedPolicy, policy_of
from marketplace_entrypoints.composition.settings import Settings

MAX_HOLD: Final = timedelta(days=90)
"""As long as most providers let money be held."""


@frozen(kw_only=True)
class Terms:
    """What orders that are placed from now on are placed under."""

    policy: PaymentPolicy
    checkout: CheckoutPolicy
    taxes: FlatTaxes


def terms_of(settings: Settings, *, max_hold: timedelta = MAX_HOLD) -> Terms:
    """Read them; ``max_hold`` is how long the provider lets money be held. Raises ``MalformedPolicy``."""
    rates = {
        country: FlatRate(rate_bps=rate.rate_bps, remitted_by=RemittedBy(rate.remitted_by))
        for country, rate in settings.taxes.items()
    }
    return Terms(
        policy=_policy(settings, max_hold),
        checkout=CheckoutPolicy(
            service_fee_minor=settings.service_fee_minor,
            service_fee_bps=settings.service_fee_bps,
            accepts_by_hand=settings.sellers_accept == "by_hand",
        ),
        taxes=FlatTaxes(rates),
    )


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


def _policy(settings: Settings, max_hold: timedelta) -> PaymentPolicy:
    if settings.policy is None:
        return PaymentPolicy(reserve_bps=settings.reserve_bps)
    return policy_of(policy_document(settings.policy), max_hold=max_hold)
