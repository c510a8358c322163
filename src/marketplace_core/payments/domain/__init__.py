"""The rules of money: pure, synchronous, and the same whatever holds the rows."""
