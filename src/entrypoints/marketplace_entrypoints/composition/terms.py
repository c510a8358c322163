"""The terms of trade that the settings ask for."""

from attrs import frozen

from marketplace_core.orders import CheckoutPolicy, FlatRate, FlatTaxes, RemittedBy
from marketplace_core.payments import PaymentPolicy
from marketplace_entrypoints.composition.settings import Settings


@frozen(kw_only=True)
class Terms:
    """What orders that are placed from now on are placed under."""

    policy: PaymentPolicy
    checkout: CheckoutPolicy
    taxes: FlatTaxes


def terms_of(settings: Settings) -> Terms:
    """Read them."""
    rates = {
        country: FlatRate(rate_bps=rate.rate_bps, remitted_by=RemittedBy(rate.remitted_by))
        for country, rate in settings.taxes.items()
    }
    return Terms(
        policy=PaymentPolicy(reserve_bps=settings.reserve_bps),
        checkout=CheckoutPolicy(
            service_fee_minor=settings.service_fee_minor,
            service_fee_bps=settings.service_fee_bps,
            accepts_by_hand=settings.sellers_accept == "by_hand",
        ),
        taxes=FlatTaxes(rates),
    )
