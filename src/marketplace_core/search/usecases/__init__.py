"""How the index is kept true, one module per command."""
