INSERT INTO ledger_journals (id, kind, source_type, source_id, leg, posted_at, actor, seller_order_id)
SELECT j.id, j.kind, j.source_type, j.source_id, j.leg, j.posted_at, j.actor, r.seller_order_id
FROM kept_ledger_journals AS j
LEFT JOIN kept_payments_releases AS r ON j.source_type = 'release' AND r.release_id = j.source_id
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
    state, freezes, proof, delivered_at, release_at, held_at, hold_deadline, version,
    held_items_minor,
    held_delivery_minor,
    released_items_minor,
    released_delivery_minor,
    charged_commission_minor, charged_vat_minor,
    refunded_held_items_minor, refunded_held_delivery_minor,
    refunded_released_items_minor, refunded_released_delivery_minor,
    disputed_held_items_minor, disputed_held_delivery_minor,
    disputed_released_items_minor, disputed_released_delivery_minor,
    lost_held_items_minor, lost_held_delivery_minor,
    lost_released_items_minor, lost_released_delivery_minor
)
SELECT
    h.seller_order_id, payment_id, order_id, seller_id, currency, items_minor, delivery_minor, released_minor, terms,
    state, freezes, proof, delivered_at, release_at, held_at, hold_deadline, version,
    CASE WHEN state IN ('held', 'frozen') THEN items_minor ELSE 0 END,
    CASE WHEN state IN ('held', 'frozen') THEN delivery_minor ELSE 0 END,
    CASE WHEN state = 'released' THEN items_minor ELSE 0 END,
    CASE WHEN state = 'released' THEN delivery_minor ELSE 0 END,
    coalesce(c.commission_minor, 0), coalesce(c.vat_minor, 0),
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
FROM kept_payments_holds AS h
LEFT JOIN (
    SELECT seller_order_id, sum(commission_minor) AS commission_minor, sum(vat_minor) AS vat_minor
    FROM kept_payments_releases GROUP BY seller_order_id
) AS c ON c.seller_order_id = h.seller_order_id
--;
INSERT INTO payments_releases (
    release_id, seller_order_id, number, seller_id, currency, released_minor, commission_minor, vat_minor,
    reserve_minor, payable_minor, released_at
)
SELECT
    release_id, seller_order_id, number, seller_id, currency, released_minor, commission_minor, vat_minor,
    reserve_minor, payable_minor, released_at
FROM kept_payments_releases
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
INSERT INTO payments_entries (
    entry_id, seller_id, currency, amount_minor, seller_order_id, kind, booked_at, claimed_by
)
SELECT release_id, seller_id, currency, payable_minor, seller_order_id, 'escrow_released', released_at, claimed_by
FROM kept_payments_releases WHERE payable_minor > 0
--;
INSERT INTO payments_payout_items (payout_id, entry_id, position, amount_minor)
SELECT payout_id, release_id, position, amount_minor FROM kept_payments_payout_items
