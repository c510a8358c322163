"""What operators work with."""
