"""What can be asked of notifications, one module per command."""
