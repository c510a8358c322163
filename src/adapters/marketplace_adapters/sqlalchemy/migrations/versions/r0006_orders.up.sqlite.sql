INSERT INTO orders_orders SELECT * FROM kept_orders_orders
--;
INSERT INTO orders_seller_orders (
  seller_order_id, order_id, buyer_id, seller_id, seller_name, state, lines, quantity, currency, items_minor,
  delivery_minor, placed_at, parcels, called_off, shipped_at, proof, delivered_at, history, version
)
SELECT
  seller_order_id, order_id, buyer_id, seller_id, seller_name, state, lines, quantity, currency, items_minor,
  delivery_minor, placed_at,
  CASE WHEN shipped_at IS NULL THEN '[]' ELSE json_array(json_object(
    'carrier', carrier, 'tracking', tracking, 'shipped_at', shipped_at, 'lines', json((
      SELECT json_group_array(json_object(
        'offer_id', json_extract(value, '$.offer_id'), 'quantity', json_extract(value, '$.quantity')
      )) FROM json_each(kept_orders_seller_orders.lines)
    ))
  )) END,
  '[]', shipped_at, proof, delivered_at, history, version
FROM kept_orders_seller_orders
--;
INSERT INTO catalog_movements SELECT * FROM kept_catalog_movements
--;
INSERT INTO payments_payments SELECT * FROM kept_payments_payments
--;
INSERT INTO deadlines (kind, subject, due_at)
SELECT 'orders.ship_by', seller_order_id, strftime('%Y-%m-%dT%H:%M:%S', 'now', '+14 days') || '.000000Z'
FROM orders_seller_orders WHERE state = 'accepted'
--;
INSERT INTO deadlines (kind, subject, due_at)
SELECT 'orders.complete', seller_order_id, strftime('%Y-%m-%dT%H:%M:%S', delivered_at, '+14 days') || '.000000Z'
FROM orders_seller_orders WHERE state = 'delivered'
