"""What webhooks are made of."""
