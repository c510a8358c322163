"""What providers post to us."""
