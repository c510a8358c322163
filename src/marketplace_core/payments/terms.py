"""Terms: the public face of the terms of trade as a document."""

from marketplace_core.payments.domain.errors import MalformedPolicy
from marketplace_core.payments.domain.policy_document import document_of, policy_flaws, policy_of, written

__all__ = ["MalformedPolicy", "document_of", "policy_flaws", "policy_of", "written"]
