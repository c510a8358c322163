"""What the marketplace does, in words that QA, product owners and engineers share, run through every door."""
