"""What operators do about letters that nobody took."""
