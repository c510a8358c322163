"""How tests, the demo and quality assurance set the stage, with the test secret: clock, terms, faults, webhooks."""

from typing import Final, cast

from attrs import asdict

from marketplace_adapters.fakepay.provider import faults, settings, webhook_rules
from marketplace_adapters.fakepay.provider.answers import Answer
from marketplace_adapters.fakepay.provider.calls import Call
from marketplace_adapters.fakepay.provider.fields import AMOUNT_MINOR_MAX, Fields
from marketplace_adapters.fakepay.provider.institution import Provider, Session
from marketplace_adapters.fakepay.provider.operations import NAMES
from marketplace_adapters.fakepay.provider.refusals import missing
from marketplace_adapters.fakepay.provider.terms import DAY_SECONDS, TERM_NAMES, YES_OR_NO

TIMES_MAX: Final = 1_000
SECONDS_MAX: Final = 10 * 365 * DAY_SECONDS
FAULT_SECONDS_MAX: Final = 3_600
WINDOW_MAX: Final = 100
BASIS_POINTS_MAX: Final = 10_000
_MOST: Final = {"fee_basis_points": BASIS_POINTS_MAX}


def view_clock(provider: Provider, _call: Call) -> Answer:
    """Show the provider's time."""
    with provider.reading() as session:
        return Answer(200, _clock(session))


def advance_clock(provider: Provider, call: Call) -> Answer:
    """Move the provider's clock ahead; what becomes due by that happens with the next look. Webhooks keep true time."""
    fields = Fields(call.body)
    seconds = fields.number("advance_seconds", least=1, most=SECONDS_MAX)
    fields.done()
    with provider.writing() as session:
        ahead = settings.read(session.db).get(settings.CLOCK_AHEAD, 0) + seconds
        settings.change(session.db, settings.CLOCK_AHEAD, min(ahead, SECONDS_MAX))
    with provider.reading() as session:
        return Answer(200, _clock(session))


def view_settings(provider: Provider, _call: Call) -> Answer:
    """Show the terms that hold now."""
    with provider.reading() as session:
        return Answer(200, {"object": "settings", **asdict(session.terms)})


def change_settings(provider: Provider, call: Call) -> Answer:
    """Change fees and delays from now on, each named as in the terms; what was planned before stays as it was."""
    fields = Fields(call.body)
    changed: dict[str, int] = {}
    for name in sorted(fields.left() & TERM_NAMES):
        if name in YES_OR_NO:
            changed[name] = int(fields.yes_or_no(name, default=False))
        else:
            most = SECONDS_MAX if name.endswith("_seconds") else _MOST.get(name, AMOUNT_MINOR_MAX)
            changed[name] = fields.number(name, least=0, most=most)
    fields.done()
    with provider.writing() as session:
        for name, value in changed.items():
            settings.change(session.db, name, value)
    return view_settings(provider, call)


def list_faults(provider: Provider, _call: Call) -> Answer:
    """List the faults that are planned, and those there are."""
    with provider.reading() as session:
        return Answer(200, {"object": "faults", "planned": faults.listed(session), "known": faults.FAULTS})


def plan_fault(provider: Provider, call: Call) -> Answer:
    """Let the next calls of an operation go wrong."""
    fields = Fields(call.body)
    kind = fields.choice("fault", frozenset(faults.FAULTS))
    operation = fields.optional_text("operation") or faults.ANY
    if operation != faults.ANY and operation not in NAMES:
        raise missing("operation")
    times = fields.number("times", least=1, most=TIMES_MAX, default=1)
    seconds = fields.number("seconds", least=0, most=FAULT_SECONDS_MAX, default=30)
    fields.done()
    with provider.writing() as session:
        faults.plan(session, operation=operation, kind=kind, times=times, seconds=seconds)
    return list_faults(provider, call)


def forget_faults(provider: Provider, call: Call) -> Answer:
    """Let nothing go wrong any more."""
    with provider.writing() as session:
        faults.forget(session)
    return list_faults(provider, call)


def list_webhook_rules(provider: Provider, _call: Call) -> Answer:
    """List how webhooks are treated, and how they may be."""
    with provider.reading() as session:
        rules = webhook_rules.listed(session)
    return Answer(200, {"object": "webhook_rules", "rules": rules, "known": webhook_rules.BEHAVIOURS})


def add_webhook_rule(provider: Provider, call: Call) -> Answer:
    """Treat the webhooks of what happens from now on in another way."""
    fields = Fields(call.body)
    behaviour = fields.choice("behaviour", frozenset(webhook_rules.BEHAVIOURS))
    event_type = fields.optional_text("type")
    has_times = "times" in fields.left()
    times = fields.number("times", least=1, most=TIMES_MAX) if has_times else None
    number = fields.number("number", least=1, most=WINDOW_MAX, default=2)
    fields.done()
    with provider.writing() as session:
        webhook_rules.add(session, behaviour=behaviour, event_type=event_type, times=times, number=number)
    return list_webhook_rules(provider, call)


def forget_webhook_rules(provider: Provider, call: Call) -> Answer:
    """Treat webhooks as usual, and send those that were held back."""
    with provider.writing() as session:
        webhook_rules.forget(session)
    return list_webhook_rules(provider, call)


def release_webhooks(provider: Provider, call: Call) -> Answer:
    """Send the webhooks that were held back, in the order in which things happened or in another."""
    fields = Fields(call.body)
    event_type = fields.optional_text("type")
    asked = fields.choice("order", webhook_rules.RELEASE_ORDERS) if "order" in fields.left() else "as_emitted"
    fields.done()
    with provider.writing() as session:
        released = webhook_rules.release(session, event_type=event_type, order=cast(webhook_rules.Order, asked))
    return Answer(200, {"object": "webhook_release", "released": released})


def redeliver_event(provider: Provider, call: Call) -> Answer:
    """Send the webhook of an event again, whatever became of it before."""
    fields = Fields(call.body)
    copies = fields.number("copies", least=1, most=WINDOW_MAX, default=1)
    fields.done()
    with provider.writing() as session:
        known = webhook_rules.redeliver(session, call.path["id"], copies=copies)
    if not known:
        raise missing("event")
    return Answer(200, {"object": "webhook_release", "released": 1})


def forget_script(provider: Provider, _call: Call) -> Answer:
    """Go back to the terms the provider was opened with, to no faults and to plain webhooks. The clock stays."""
    with provider.writing() as session:
        settings.forget_terms(session.db)
        faults.forget(session)
        webhook_rules.forget(session)
    return Answer(200, {"object": "script"})


def _clock(session: Session) -> dict[str, object]:
    ahead = settings.read(session.db).get(settings.CLOCK_AHEAD, 0)
    return {"object": "clock", "now": session.now_ms // 1_000, "ahead_seconds": ahead}
