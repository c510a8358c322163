"""Walks both journeys over HTTP against the running demonstration, as outsiders would, and writes a receipt."""
