"""What can be asked of webhooks, one module per command."""
