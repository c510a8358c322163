"""What can be done to the catalogue: one module per command."""
