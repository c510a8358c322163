INSERT INTO orders_orders SELECT * FROM kept_orders_orders
--;
INSERT INTO orders_seller_orders (
  seller_order_id, order_id, buyer_id, seller_id, seller_name, state, lines, quantity, currency, items_minor,
  delivery_minor, placed_at, carrier, tracking, shipped_at, proof, delivered_at, history, version
)
SELECT
  seller_order_id, order_id, buyer_id, seller_id, seller_name, state, lines, quantity, currency, items_minor,
  delivery_minor, placed_at, json_extract(parcels, '$[0].carrier'), json_extract(parcels, '$[0].tracking'),
  shipped_at, proof, delivered_at, history, version
FROM kept_orders_seller_orders
--;
INSERT INTO catalog_movements SELECT * FROM kept_catalog_movements
--;
INSERT INTO payments_payments SELECT * FROM kept_payments_payments
--;
DELETE FROM deadlines WHERE kind IN ('orders.accept_by', 'orders.ship_by', 'orders.complete', 'orders.close')
