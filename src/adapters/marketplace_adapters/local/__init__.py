"""What one process keeps in its own memory."""
