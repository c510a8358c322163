"""What can be asked of identity, one module per command."""
