"""What can be done with videos, one module each."""
