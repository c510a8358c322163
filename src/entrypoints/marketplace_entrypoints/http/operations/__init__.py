"""What operators look after, over HTTP."""
