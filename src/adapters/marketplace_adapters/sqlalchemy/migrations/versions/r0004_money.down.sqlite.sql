INSERT INTO ledger_journals (id, kind, source_type, source_id, leg, posted_at, actor)
SELECT id, kind, source_type, source_id, leg, posted_at, actor FROM kept_ledger_journals
--;
INSERT INTO payments_payments (
    payment_id, order_id, buyer_id, provider, currency, amount_minor, state, opened_at, requested_at, reference,
    client_secret, attempts, declined_attempts, failure_code, captured_minor, captured_currency, captured_at, fee_minor,
    review_reason, version
)
SELECT
    payment_id, order_id, buyer_id, provider, currency, amount_minor, state, opened_at, requested_at, reference,
    client_secret, attempts, declined_attempts, failure_code, captured_minor, captured_currency, captured_at, fee_minor,
    review_reason, version
FROM kept_payments_payments
--;
INSERT INTO payments_holds (
    seller_order_id, payment_id, order_id, seller_id, currency, items_minor, delivery_minor, released_minor, terms,
    state, freezes, proof, delivered_at, release_at, held_at, hold_deadline, version
)
SELECT
    seller_order_id, payment_id, order_id, seller_id, currency, items_minor, delivery_minor, released_minor, terms,
    state, freezes, proof, delivered_at, release_at, held_at, hold_deadline, version
FROM kept_payments_holds
--;
INSERT INTO payments_payouts (
    payout_id, seller_id, provider, account, currency, amount_minor, state, attempt, assembled_at, tried_at,
    transfer_reference, bank_reference, failure_code, paid_at, version
)
SELECT
    payout_id, seller_id, provider, account, currency, amount_minor, state, attempt, assembled_at, tried_at,
    transfer_reference, bank_reference, failure_code, paid_at, version
FROM kept_payments_payouts
--;
INSERT INTO payments_releases (
    release_id, seller_order_id, number, seller_id, currency, released_minor, commission_minor, vat_minor,
    reserve_minor, payable_minor, released_at, claimed_by
)
SELECT
    release_id, r.seller_order_id, number, r.seller_id, r.currency, released_minor, commission_minor, vat_minor,
    reserve_minor, payable_minor, released_at, e.claimed_by
FROM kept_payments_releases AS r
LEFT JOIN payments_entries AS e ON e.entry_id = r.release_id
--;
INSERT INTO payments_payout_items (payout_id, release_id, position, amount_minor)
SELECT payout_id, entry_id, position, amount_minor FROM kept_payments_payout_items
