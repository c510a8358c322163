"""Terms: the public face of the terms of checkout as a document."""

from marketplace_core.orders.domain.policy_document import checkout_policy_flaws, checkout_policy_of

__all__ = ["checkout_policy_flaws", "checkout_policy_of"]
