"""A payment provider on a roll of paper: an example of an adapter that somebody else makes."""
