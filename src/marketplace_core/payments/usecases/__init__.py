"""What can be done with money: one module per command."""
