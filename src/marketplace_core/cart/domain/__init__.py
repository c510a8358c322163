"""What a cart is and what it comes to: pure, synchronous, knowing no store."""
