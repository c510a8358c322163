"""What an order is: quote, split, states, and the rules that need no outside world."""
