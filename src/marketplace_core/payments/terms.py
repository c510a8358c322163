"""Terms: the public face of the terms of payment as a document."""

from marketplace_core.payments.domain.errors import MalformedPolicy
from marketplace_core.payments.domain.policy_document import payment_policy_flaws, payment_policy_of

__all__ = ["MalformedPolicy", "payment_policy_flaws", "payment_policy_of"]
