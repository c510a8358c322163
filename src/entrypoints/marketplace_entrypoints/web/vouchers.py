"""What shops and operators write about vouchers, read with patience."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from attrs import frozen

from marketplace_core.kernel.ids import SellerId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import Page
from marketplace_core.orders import MakeVoucher, VoucherView
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.language import Language

FIELDS: Final = (
    "code",
    "percent_bps",
    "amount_minor",
    "minimum_minor",
    "uses_max",
    "uses_per_buyer_max",
    "valid_until",
)


@frozen(kw_only=True)
class Shown:
    """A voucher as a row of a list: what it takes off, and how often it was used, in words."""

    view: VoucherView
    off: str
    minimum: Money | None
    used: str


def shown(language: Language, page: Page[VoucherView]) -> Sequence[Shown]:
    """Say what a page of vouchers holds."""
    return [_shown(language, view) for view in page.items]


def asked_for(form: Form, *, seller_id: SellerId | None, currency: str) -> MakeVoucher | None:
    """Read the voucher that a form describes; None, with what is wrong in the form, if it describes none."""
    amount, minimum = form.text("amount_minor"), form.text("minimum_minor")
    command = MakeVoucher(
        code=form.text("code", required=True),
        seller_id=seller_id,
        currency=currency,
        percent_bps=_percent(form),
        amount_minor=form.money("amount_minor", currency).amount_minor if amount else None,
        minimum_minor=form.money("minimum_minor", currency).amount_minor if minimum else 0,
        uses_max=form.whole("uses_max") if form.text("uses_max") else None,
        uses_per_buyer_max=form.whole("uses_per_buyer_max") if form.text("uses_per_buyer_max") else None,
        valid_until=_until(form),
    )
    return command if form.fits else None


def _percent(form: Form) -> int | None:
    written = form.text("percent_bps").replace(",", ".").removesuffix("%").strip()
    if not written:
        return None
    try:
        bps = Decimal(written) * 100
        if not bps.is_finite() or bps != bps.to_integral_value() or not 1 <= bps <= 10_000:
            raise InvalidOperation
    except InvalidOperation:
        form.errors["percent_bps"] = form.language.say("A percentage is from 0.01 to 100.")
        return None
    return int(bps)


def _until(form: Form) -> datetime | None:
    """Read the last day on which it is valid; it ends with that day, in UTC."""
    written = form.text("valid_until")
    if not written:
        return None
    try:
        return datetime.combine(date.fromisoformat(written) + timedelta(days=1), time(), UTC)
    except (ValueError, OverflowError):
        form.errors["valid_until"] = form.language.say("This is not a day.")
        return None


def _shown(language: Language, view: VoucherView) -> Shown:
    value, limits = view.value, view.limits
    if value.percent_bps is not None:
        off = f"{value.percent_bps / 100:g} %"
    else:
        off = language.money(Money(value.amount_minor or 0, value.currency))
    used = language.number(view.used)
    if limits.uses_max is not None:
        used = language.say("%(used)s of %(most)s", used=used, most=language.number(limits.uses_max))
    minimum = Money(value.minimum_minor, value.currency) if value.minimum_minor else None
    return Shown(view=view, off=off, minimum=minimum, used=used)
