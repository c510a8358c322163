"""What may be scripted with the test secret, and how it is called over HTTP."""

from typing import Final

from marketplace_adapters.fakepay.provider import rehearsal_endpoints as stage
from marketplace_adapters.fakepay.provider import script_endpoints as script
from marketplace_adapters.fakepay.provider.operations import Routes

FOR_TESTS: Final[Routes] = (
    ("GET", "/test/cards", script.list_cards),
    ("POST", "/test/refunds/{id}/settle", script.settle_refund),
    ("POST", "/test/refunds/{id}/fail", script.fail_refund),
    ("POST", "/test/refunds/{id}/bounce", script.bounce_refund),
    ("POST", "/test/disputes", script.open_dispute),
    ("POST", "/test/disputes/{id}/advance", script.advance_dispute),
    ("POST", "/test/payouts/{id}/arrive", script.arrive_payout),
    ("POST", "/test/payouts/{id}/fail", script.fail_payout),
    ("POST", "/test/payouts/{id}/return", script.return_payout),
    ("POST", "/test/accounts/{id}/enable", script.enable_account),
    ("POST", "/test/accounts/{id}/restrict", script.restrict_account),
    ("POST", "/test/accounts/{id}/reject", script.reject_account),
    ("POST", "/test/balance", script.adjust_balance),
    ("GET", "/test/keys/{key}", script.view_key),
    ("GET", "/test/clock", stage.view_clock),
    ("POST", "/test/clock", stage.advance_clock),
    ("GET", "/test/settings", stage.view_settings),
    ("POST", "/test/settings", stage.change_settings),
    ("GET", "/test/faults", stage.list_faults),
    ("POST", "/test/faults", stage.plan_fault),
    ("DELETE", "/test/faults", stage.forget_faults),
    ("GET", "/test/webhooks", stage.list_webhook_rules),
    ("POST", "/test/webhooks", stage.add_webhook_rule),
    ("DELETE", "/test/webhooks", stage.forget_webhook_rules),
    ("POST", "/test/webhooks/release", stage.release_webhooks),
    ("GET", "/test/events", script.list_events),
    ("POST", "/test/events/{id}/redeliver", stage.redeliver_event),
    ("DELETE", "/test/script", stage.forget_script),
)
