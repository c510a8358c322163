CREATE INDEX ix_orders_orders_state ON orders_orders (state, order_id)
--;
CREATE INDEX ix_payments_holds_state ON payments_holds (state, seller_order_id)
--;
CREATE INDEX ix_payments_payouts_state ON payments_payouts (state, payout_id)
--;
CREATE INDEX ix_catalog_products_with_video ON catalog_products (status, on_hold, published_at, product_id) WHERE video IS NOT NULL