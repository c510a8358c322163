CREATE INDEX ix_orders_orders_state ON orders_orders (state, order_id)
--;
CREATE INDEX ix_payments_holds_state ON payments_holds (state, seller_order_id)
--;
CREATE INDEX ix_payments_payouts_state ON payments_payouts (state, payout_id)
--;
CREATE TABLE video_captions (
	video_id TEXT NOT NULL, 
	language TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	label TEXT NOT NULL, 
	text_version TEXT NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_video_captions PRIMARY KEY (video_id, language), 
	CONSTRAINT uq_video_captions_video_id_position UNIQUE (video_id, position), 
	CONSTRAINT fk_video_captions_video_id FOREIGN KEY(video_id) REFERENCES video_videos (video_id)
)
 STRICT