"""What makes sense as terms of payment: the rules between the numbers of ``PaymentPolicy``, each as a sentence."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from marketplace_core.kernel.documents import document_of, unreadable, values_of, written
from marketplace_core.payments.domain.policy import PaymentPolicy

_JURISDICTION: Final = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", re.ASCII)
_LEAST: Final = {"transfer_attempts_max": 1, "unverified_held_max_minor": 0}


def payment_policy_of(document: Mapping[str, object]) -> PaymentPolicy:
    """Return the terms of a document without flaws; keys that are not payments' own are passed over."""
    return PaymentPolicy(**values_of(document, PaymentPolicy))


def payment_policy_flaws(document: Mapping[str, object], *, max_hold: timedelta) -> Iterator[str]:
    """Yield what is wrong with payments' part of a document; first what cannot be read, else what makes no sense.

    ``max_hold`` is how long the provider lets money be held.
    """
    found = [*unreadable(document, PaymentPolicy)]
    yield from found
    if not found:
        values = values_of({**document_of(PaymentPolicy()), **document}, PaymentPolicy)
        if not _JURISDICTION.fullmatch(values["vat_jurisdiction"]):
            yield "vat_jurisdiction is a country in two capital letters, or a part of one as in US-CA."
        yield from _senseless(values, max_hold)


def _senseless(values: Mapping[str, Any], max_hold: timedelta) -> Iterator[str]:
    for name, value in values.items():
        if name.endswith("_bps") and not 0 <= value <= 10_000:
            yield f"{name} is 0 to 10000 basis points, not {value}."
        least = _LEAST.get(name, 1 if name.endswith("_minor") else None)
        if least is not None and value < least:
            yield f"{name} is at least {least}, not {value}."
    latest = max_hold - values["hold_margin"]
    for name in ("release_after_carrier", "release_after_seller"):
        if values[name] >= latest:
            yield f"{name} is {written(values[name])}, but money is held no longer than {written(latest)}."
    if values["hold_margin"] >= max_hold:
        yield f"hold_margin leaves nothing of the {written(max_hold)} that the provider lets money be held."
    claim = values["claim_answer_within"] + values["claim_decide_within"]
    if values["claim_undelivered_after"] + claim >= latest:
        yield "A claim about what never arrived would be decided after the money can be held no longer."
    if values["debt_soft_minor"] > values["debt_hard_minor"]:
        yield "debt_soft_minor is at most debt_hard_minor: payouts stop before selling does."
    if values["commission_bps"] * (10_000 + values["commission_vat_bps"]) > 10_000 * 10_000:
        yield "commission_bps with the tax on it takes more than all."
