"""What a seller's page may say and when it may be shown: pure, synchronous, knowing no store."""
