"""A search engine on a shelf: an example of an adapter that somebody else makes."""
