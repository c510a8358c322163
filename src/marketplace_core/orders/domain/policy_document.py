"""What makes sense as terms of checkout: the limits of the numbers of ``CheckoutPolicy``, each as a sentence."""

from collections.abc import Iterator, Mapping
from typing import Final

from marketplace_core.kernel.documents import document_of, unreadable, values_of
from marketplace_core.orders.domain.policy import CheckoutPolicy

_LEAST: Final = {"least_payment_minor": 1}


def checkout_policy_of(document: Mapping[str, object]) -> CheckoutPolicy:
    """Return the terms of a document without flaws; keys that are not checkout's own are passed over."""
    return CheckoutPolicy(**values_of(document, CheckoutPolicy))


def checkout_policy_flaws(document: Mapping[str, object]) -> Iterator[str]:
    """Yield what is wrong with checkout's part of a document; first what cannot be read, else what makes no sense."""
    found = [*unreadable(document, CheckoutPolicy)]
    yield from found
    if found:
        return
    values = values_of({**document_of(CheckoutPolicy()), **document}, CheckoutPolicy)
    for name, value in values.items():
        if name.endswith("_bps") and not 0 <= value <= 10_000:
            yield f"{name} is 0 to 10000 basis points, not {value}."
        least = _LEAST.get(name, 0)
        if name.endswith("_minor") and value < least:
            yield f"{name} is at least {least}, not {value}."
