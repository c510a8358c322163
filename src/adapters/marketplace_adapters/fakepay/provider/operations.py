"""Every operation of the provider: how it is called over HTTP, and the name by which a fault is planned for it."""

from collections.abc import Callable
from typing import Final

from marketplace_adapters.fakepay.provider import buyer_endpoints as buyer
from marketplace_adapters.fakepay.provider import merchant_endpoints as merchant
from marketplace_adapters.fakepay.provider import money_endpoints as money
from marketplace_adapters.fakepay.provider.answers import Answer
from marketplace_adapters.fakepay.provider.calls import Call
from marketplace_adapters.fakepay.provider.institution import Provider

Operation = Callable[[Provider, Call], Answer]
Routes = tuple[tuple[str, str, Operation], ...]

FOR_MERCHANTS: Final[Routes] = (
    ("POST", "/v1/payments", merchant.create_payment),
    ("GET", "/v1/payments", merchant.list_payments),
    ("GET", "/v1/payments/{id}", merchant.view_payment),
    ("POST", "/v1/payments/{id}/cancel", merchant.cancel_payment),
    ("POST", "/v1/refunds", money.create_refund),
    ("GET", "/v1/refunds", money.list_refunds),
    ("GET", "/v1/refunds/{id}", money.view_refund),
    ("GET", "/v1/disputes", money.list_disputes),
    ("GET", "/v1/disputes/{id}", money.view_dispute),
    ("POST", "/v1/disputes/{id}/evidence", money.submit_evidence),
    ("POST", "/v1/disputes/{id}/accept", money.accept_dispute),
    ("POST", "/v1/accounts", merchant.create_account),
    ("GET", "/v1/accounts", merchant.list_accounts),
    ("GET", "/v1/accounts/{id}", merchant.view_account),
    ("POST", "/v1/accounts/{id}/onboarding-links", money.create_onboarding_link),
    ("POST", "/v1/transfers", merchant.create_transfer),
    ("GET", "/v1/transfers", merchant.list_transfers),
    ("GET", "/v1/transfers/{id}", merchant.view_transfer),
    ("POST", "/v1/transfers/{id}/reversals", money.reverse_transfer),
    ("GET", "/v1/transfer-reversals", money.list_reversals),
    ("GET", "/v1/transfer-reversals/{id}", money.view_reversal),
    ("POST", "/v1/payouts", merchant.create_payout),
    ("GET", "/v1/payouts", merchant.list_payouts),
    ("GET", "/v1/payouts/{id}", merchant.view_payout),
    ("GET", "/v1/balance", money.view_balance),
    ("GET", "/v1/balance-transactions", money.list_balance_transactions),
    ("GET", "/v1/events", merchant.list_events),
    ("GET", "/v1/audit", money.audit_books),
)

FOR_BUYERS: Final[Routes] = (
    ("POST", "/v1/payments/{id}/confirm", buyer.confirm_payment),
    ("POST", "/v1/payments/{id}/authenticate", buyer.authenticate_payment),
)

NAMES: Final = frozenset(operation.__name__ for _, _, operation in (*FOR_MERCHANTS, *FOR_BUYERS))
