CREATE TABLE payments_lookouts (
	provider TEXT NOT NULL, 
	looked_until TEXT NOT NULL, 
	CONSTRAINT pk_payments_lookouts PRIMARY KEY (provider)
)
 STRICT
