"""What may be done to a cart, one module each."""
