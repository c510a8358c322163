CREATE TABLE orders_deliveries (
	seller_id TEXT NOT NULL, 
	fee_minor INTEGER NOT NULL, 
	free_from_minor INTEGER, 
	CONSTRAINT pk_orders_deliveries PRIMARY KEY (seller_id), 
	CONSTRAINT ck_orders_deliveries_amounts_not_negative CHECK (fee_minor >= 0 AND (free_from_minor IS NULL OR free_from_minor >= 0))
)
 STRICT