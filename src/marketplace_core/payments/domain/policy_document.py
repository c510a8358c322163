"""The terms of trade as a document: what operators write, and every mistake in it as a sentence.

The keys are the names of ``PaymentPolicy``. Durations are written as in ISO 8601 (``PT72H``, ``P14D``), rates in basis
points, amounts in minor units. What is left out keeps its default; what is not known is a mistake.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, Final, get_type_hints

import attrs

from marketplace_core.payments.domain.errors import MalformedPolicy
from marketplace_core.payments.domain.policy import PaymentPolicy

_DURATION: Final = re.compile(r"(-?)P(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?")
_VERSION: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
_HINTS: Final = get_type_hints(PaymentPolicy)
KEYS: Final = tuple(field.name for field in attrs.fields(PaymentPolicy))


def policy_of(document: Mapping[str, object], *, max_hold: timedelta) -> PaymentPolicy:
    """Return the terms that a document describes; ``max_hold`` is how long the provider lets money be held.

    Raises ``MalformedPolicy`` with every mistake in ``facts["flaws"]``.
    """
    found = tuple(policy_flaws(document, max_hold=max_hold))
    if found:
        raise MalformedPolicy(found[0], flaws=list(found))
    return PaymentPolicy(**{name: _read(name, value) for name, value in document.items()})


def document_of(policy: PaymentPolicy) -> dict[str, str | int | bool]:
    """Return the document that describes the terms, nothing left out."""
    return {
        name: written(value) if isinstance(value, timedelta) else value
        for name, value in ((name, getattr(policy, name)) for name in KEYS)
    }


def policy_flaws(document: Mapping[str, object], *, max_hold: timedelta) -> Iterator[str]:
    """Yield what is wrong with a document, each as a sentence; first what cannot be read, else what makes no sense."""
    unreadable = [*_unreadable(document)]
    yield from unreadable
    if unreadable:
        return
    values: dict[str, Any] = {name: getattr(PaymentPolicy(), name) for name in KEYS}
    values |= {name: _read(name, value) for name, value in document.items()}
    yield from _senseless(values, max_hold)


def _unreadable(document: Mapping[str, object]) -> Iterator[str]:
    version = document.get("version")
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        yield "version names the terms, in 1 to 40 of a-z 0-9 . _ -, such as 2026-2."
    for name, value in document.items():
        if name not in _HINTS:
            yield f"{name} is not known; the keys are {', '.join(KEYS)}."
        elif name != "version":
            kind = _HINTS[name]
            if kind is timedelta:
                if not isinstance(value, str) or _DURATION.fullmatch(value) is None or value in {"P", "PT", "-P"}:
                    yield f"{name} is a duration such as PT72H or P14D, not {value!r}."
                elif _read(name, value) <= timedelta(0):
                    yield f"{name} is longer than nothing, not {value}."
            elif type(value) is not kind:
                yield f"{name} is {_WORDS[kind]}, not {value!r}."


_WORDS: Final = {int: "a whole number", bool: "true or false", str: "text"}


_LEAST: Final = {"transfer_attempts_max": 1, "unverified_held_max_minor": 0}


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


def _read(name: str, value: object) -> Any:
    if _HINTS[name] is not timedelta:
        return value
    found = _DURATION.fullmatch(str(value))
    assert found is not None
    sign, days, hours, minutes, seconds = found.groups()
    length = timedelta(days=int(days or 0), hours=int(hours or 0), minutes=int(minutes or 0), seconds=int(seconds or 0))
    return -length if sign else length


def written(length: timedelta) -> str:
    """Write a duration as ISO 8601 does: whole days as days, anything else in hours, minutes or seconds."""
    seconds = int(length.total_seconds())
    for unit, prefix, suffix in ((86_400, "P", "D"), (3_600, "PT", "H"), (60, "PT", "M")):
        if seconds and seconds % unit == 0:
            return f"{prefix}{seconds // unit}{suffix}"
    return f"PT{seconds}S"
