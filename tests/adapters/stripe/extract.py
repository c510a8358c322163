"""Take from Stripe's published OpenAPI what our requests and the stand-in's answers are held against.

The document comes with stripe-mock, which `./dev stripe-mock` builds; its path is the only argument. What no request of
ours names, and what lies too deep in an answer to matter to us, is left out: the whole weighs eight megabytes.
"""

import json
import sys
from pathlib import Path
from typing import Any, Final

PUBLISHED: Final = Path(__file__).with_name("published.json")
FORM: Final = "application/x-www-form-urlencoded"
OPERATIONS: Final = (
    "POST /v1/payment_intents", "GET /v1/payment_intents", "GET /v1/payment_intents/search",
    "GET /v1/payment_intents/{intent}", "POST /v1/payment_intents/{intent}/cancel", "GET /v1/charges",
    "POST /v1/refunds", "GET /v1/refunds", "GET /v1/refunds/{refund}", "GET /v1/disputes",
    "POST /v1/disputes/{dispute}", "POST /v1/disputes/{dispute}/close", "POST /v1/accounts", "GET /v1/accounts",
    "GET /v1/accounts/{account}", "POST /v1/account_links", "GET /v1/balance", "GET /v1/balance_transactions",
    "POST /v1/transfers", "GET /v1/transfers", "POST /v1/transfers/{id}/reversals", "GET /v1/transfers/{id}/reversals",
    "POST /v1/payouts", "GET /v1/payouts", "GET /v1/payouts/{payout}",
)  # fmt: skip
KEPT: Final = frozenset({
    "account", "account_capabilities", "account_link", "account_requirements", "account_unification_account_controller",
    "api_errors", "balance", "balance_amount", "balance_amount_by_source_type", "balance_transaction",
    "billing_details", "charge", "dispute", "dispute_enhanced_evidence", "dispute_evidence",
    "dispute_evidence_details", "dispute_enhanced_eligibility", "event", "fee", "notification_event_data",
    "notification_event_request", "payment_flows_automatic_payment_methods_payment_intent", "payment_intent", "payout",
    "refund", "transfer", "transfer_reversal",
})  # fmt: skip
"""What of Stripe's vocabulary stands in our answers; of anything else it is enough that it is an object."""

Schema = dict[str, Any]


class _Extract:
    """Walks the document and notes which definitions were met."""

    def __init__(self, spec: Schema) -> None:
        self.spec = spec
        self.defined: Schema = {}

    def schema(self, schema: Schema) -> Schema:
        """Return a JSON schema that says the same, closed against fields that Stripe does not have."""
        if "$ref" in schema:
            return self._reference(schema["$ref"].rsplit("/", 1)[-1])
        made: Schema = {name: schema[name] for name in ("type", "enum", "maxLength", "pattern") if name in schema}
        if "anyOf" in schema:
            made["anyOf"] = [self.schema(one) for one in schema["anyOf"]]
        if "items" in schema:
            made["items"] = self.schema(schema["items"])
        if "properties" in schema:
            made["properties"] = {name: self.schema(one) for name, one in schema["properties"].items()}
            made["required"] = schema.get("required", [])
            made["additionalProperties"] = False
        elif isinstance(schema.get("additionalProperties"), dict):
            made["additionalProperties"] = self.schema(schema["additionalProperties"])
        return {"anyOf": [made, {"type": "null"}]} if schema.get("nullable") else made

    def _reference(self, name: str) -> Schema:
        if name not in KEPT:
            return {"type": "object"}
        if name not in self.defined:
            self.defined[name] = {}
            self.defined[name] = self.schema(self.spec["components"]["schemas"][name])
        return {"$ref": f"#/$defs/{name}"}

    def operation(self, name: str) -> Schema:
        """Return what may be asked and what is answered."""
        method, path = name.split(" ")
        found = self.spec["paths"][path][method.lower()]
        if method == "POST":
            form = found["requestBody"]["content"].get(FORM, {}).get("schema", {"type": "object", "properties": {}})
            asked = self.schema(form)
        else:
            queries = [one for one in found["parameters"] if one["in"] == "query"]
            asked = {
                "type": "object",
                "properties": {one["name"]: self.schema(one["schema"]) for one in queries},
                "required": [one["name"] for one in queries if one.get("required")],
                "additionalProperties": False,
            }
        answered = found["responses"]["200"]["content"]["application/json"]["schema"]
        return {"asked": asked, "answered": self.schema(answered)}


def main() -> None:
    """Write the extract."""
    spec = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    extract = _Extract(spec)
    published = {
        "version": spec["info"]["version"],
        "operations": {name: extract.operation(name) for name in OPERATIONS},
        "event": extract.schema({"$ref": "event"}),
        "$defs": extract.defined,
    }
    PUBLISHED.write_text(json.dumps(published, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
