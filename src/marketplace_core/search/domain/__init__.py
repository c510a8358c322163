"""What is searched, how words are compared, and what comes back: pure, synchronous, knowing no engine."""
