"""What sellers work with."""
