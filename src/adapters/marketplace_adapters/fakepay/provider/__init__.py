"""FakePay: a payment provider with its own durable books, deterministic test cards and signed webhooks.

It behaves like a vendor somebody else runs: it is reached over HTTP only, remembers everything in its own file, and
knows nothing of whoever uses it.

- `app.create_provider` builds the ASGI application; `python -m marketplace_adapters.fakepay.provider` serves it alone.
- `upkeep.keep_up` does what becomes due with time: late successes, bank arrivals, webhooks.
- `signature.sign` and `signature.verify` are the webhook signature, for both sides.
"""
